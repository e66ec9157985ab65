"""chokepoint report FILE... -o report.html"""
HELP = "x"
FOOTER = ""
def declare(parser): pass
def act(arguments): return 0
