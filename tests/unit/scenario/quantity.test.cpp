// Numbers and units as text.

#include "scenario/quantity.hpp"
#include "support/catch.hpp"

using namespace chokepoint::scenario;

namespace {
double value(const std::string& text, Dimension dimension)
{
    const auto read = read_quantity(text, dimension);
    INFO(text);
    REQUIRE(std::holds_alternative<Quantity>(read));
    return std::get<Quantity>(read).value;
}

Complaint complaint(const std::string& text, Dimension dimension)
{
    const auto read = read_quantity(text, dimension);
    INFO(text);
    REQUIRE(std::holds_alternative<Complaint>(read));
    return std::get<Complaint>(read);
}
}  // namespace

TEST_CASE("quantities are converted to model units")
{
    CHECK(value("200 t/d", Dimension::kMassRate) == 200e6);
    CHECK(value("365 kg/yr", Dimension::kMassRate) == Approx(1000));        // a year of 365 d
    CHECK(value("30.4375 t/month", Dimension::kMassRate) == Approx(1e6));   // a month of 30.4375 d
    CHECK(value("5 %", Dimension::kShare) == Approx(0.05));
    CHECK(value("-115 pp", Dimension::kPoints) == Approx(-1.15));
    CHECK(value("+10pp", Dimension::kPoints) == Approx(0.1));
    CHECK(value("1.1 x", Dimension::kFactor) == 1.1);
    CHECK(value("60000 USD/t", Dimension::kPrice) == Approx(60));
    CHECK(value("2 t", Dimension::kMass) == 2e6);
    CHECK(value("1.5 %/d", Dimension::kPerDay) == Approx(0.015));
    CHECK(value("0.02 t/t", Dimension::kRatio) == 0.02);
    CHECK(value("20 kg/t", Dimension::kRatio) == Approx(0.02));
    CHECK(value("0.6 kg/vehicle", Dimension::kAmount) == 600);
    CHECK(value("0.4 t/d", Dimension::kAmount) == 0.4e6);
    CHECK(value("1e3 t/d", Dimension::kMassRate) == 1e9);
}

TEST_CASE("amounts say per what they are")
{
    CHECK(std::get<Quantity>(read_quantity("0.6 kg/vehicle", Dimension::kAmount)).unit == "g/vehicle");
    CHECK(std::get<Quantity>(read_quantity("0.4 t/d", Dimension::kAmount)).unit == "g/d");
    CHECK(std::get<Quantity>(read_quantity("5 g/kg", Dimension::kRatio)).unit == "g/g");
}

TEST_CASE("a level is no change and working days are no calendar days")
{
    CHECK(complaint("-115 %", Dimension::kPoints).remedy == "write \"-115 pp\"");
    CHECK(complaint("145 pp", Dimension::kShare).remedy == "write \"145 %\"");
    CHECK(complaint("115 pp", Dimension::kPoints).problem == "\"115 pp\" has no sign (a change always says up or down)");
    CHECK(complaint("45 d", Dimension::kWorkingDays).remedy == "write about \"31 wd\"");  // 45 * 250 / 365
    CHECK(complaint("45 wd", Dimension::kDays).remedy == "write about \"66 d\"");         // 45 * 365 / 250
    CHECK(complaint("45", Dimension::kDays).remedy == "write \"45 d\"");
}

TEST_CASE("only plain decimal numbers are numbers")
{
    for (const char* text : {"010", "0x10", "0o7", ".nan", "nan", "inf", "-.inf", "1e999", "1e-999", "1,000", "1_000", ".5", "+", "-", "", "1e", "1.2.3", "--1", "+-1", "1 2"}) {
        INFO(text);
        CHECK(std::holds_alternative<Complaint>(read_number(text)));
    }
    CHECK(std::get<double>(read_number("0.5")) == 0.5);
    CHECK(std::get<double>(read_number("-0.5")) == -0.5);
    CHECK(std::get<double>(read_number("0")) == 0);
    CHECK(read_count("18446744073709551615") == 18446744073709551615ULL);
    for (const char* text : {"18446744073709551616", "-1", "+1", "01", "1.0", " 1", ""}) CHECK_FALSE(read_count(text));
    // A comma may mean either, so no number is offered; the others can only stand between thousands.
    for (const char* text : {"1,000 t/d", "540,5 t/d", "1,000,000 t/d"})
        CHECK(complaint(text, Dimension::kMassRate).remedy == "write a point before decimals and nothing between thousands");
    CHECK(complaint("1_000 t/d", Dimension::kMassRate).remedy == "write \"1000 t/d\"");
    CHECK(complaint("1'000 t/d", Dimension::kMassRate).remedy == "write \"1000 t/d\"");
}

TEST_CASE("a remedy keeps the quantity, says about, or offers no number")
{
    CHECK(complaint("2000 lb", Dimension::kMass).remedy == "write \"0.90718474 t\"");  // 2000 * 453.59237 g
    CHECK(complaint("2 kt", Dimension::kMass).remedy == "write \"2000 t\"");
    CHECK(complaint("0.02 kt", Dimension::kMass).remedy == "write \"20 t\"");
    CHECK(complaint("500 %", Dimension::kFactor).remedy == "write \"5 x\"");
    CHECK(complaint("2 x", Dimension::kShare).remedy == "write \"200 %\"");
    CHECK(complaint("1/3 %", Dimension::kShare).remedy == "write about \"0.333333 %\"");
    CHECK(complaint("1/4 %", Dimension::kShare).remedy == "write \"0.25 %\"");
    CHECK(complaint("1/4", Dimension::kShare).remedy == "write \"25 %\"");
    CHECK(complaint("1/4", Dimension::kDays).remedy.find("with a unit (accepted: ") != std::string::npos);
    CHECK(complaint("5 bn USD", Dimension::kMoney).remedy == "write \"5000 million USD\"");
    CHECK(complaint("0.6 lb/vehicle", Dimension::kAmount).remedy == "write \"0.272155422 kg/vehicle\"");
    CHECK(complaint("-50 bp", Dimension::kPoints).remedy == "write \"-0.5 pp\"");
    CHECK(complaint("50 bp", Dimension::kPoints).remedy == "write \"+0.5 pp\"");
    CHECK(complaint("50 %", Dimension::kBare).remedy == "write \"0.5\"");
    CHECK(complaint("60 d", Dimension::kBare).remedy == "write a number without a unit");
    CHECK(complaint("2", Dimension::kShare).remedy == "write \"2 %\" (or \"200 %\" if that is meant)");
    CHECK(complaint("0.015", Dimension::kPerDay).remedy == "write \"1.5 %/d\" (or \"0.015 %/d\" if that is meant)");
    CHECK(complaint("-3", Dimension::kPerYear).remedy == "write \"-3 %/yr\" (or \"-300 %/yr\" if that is meant)");
    CHECK(complaint("60 d", Dimension::kMass).remedy == "give it in one of these units");
    CHECK(complaint("52 EUR/kg", Dimension::kPrice).remedy == "give it in one of these units");
    CHECK(complaint("2 USD/kg", Dimension::kShare).remedy == "give it in %");
    CHECK(complaint("8 t/month", Dimension::kShare).remedy == "give it in %");
    CHECK(complaint("1 %/month", Dimension::kPerYear).remedy == "give it in %/yr");  // twelve of them compound
    CHECK(complaint("200", Dimension::kMassRate).remedy == "add one of these units");
    CHECK(complaint("8 kg", Dimension::kMassRate).remedy == "give it in one of these units");
}
