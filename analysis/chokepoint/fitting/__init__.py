"""Which values of a scenario published months allow: a design of runs, their distance to the record, a posterior."""
