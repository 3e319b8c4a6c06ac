#include "tests/support/given_when_then.h"

namespace daybook::tests {

std::string describe(const domain::Refusal& refusal) {
    std::string text(domain::name_of(refusal.code));
    text += refusal.detail.empty() ? "" : " (" + refusal.detail + ")";
    for (const domain::Fault& fault : refusal.faults)
        text += "\n  " + fault.pointer + ": " + std::string(domain::name_of(fault.code)) + " "
                + fault.detail;
    for (const NamedText& fact : refusal.facts)
        text += "\n  " + fact.name + " = " + fact.value;
    return text;
}

std::string fault_at(const domain::Refusal& refusal, std::string_view pointer) {
    for (const domain::Fault& fault : refusal.faults)
        if (fault.pointer == pointer)
            return std::string(domain::name_of(fault.code));
    return {};
}

History Story::accepts(const domain::Command& command) {
    domain::Decision decision = decide(command);
    if (!decision) {
        ADD_FAILURE() << domain::name_of(command) << " was refused: " << describe(decision.error());
        return {};
    }
    books_.apply(*decision);
    return *std::move(decision);
}

domain::Refusal Story::refuses(const domain::Command& command, domain::Code code) {
    domain::Decision decision = decide(command);
    if (decision) {
        ADD_FAILURE() << domain::name_of(command) << " was accepted; expected "
                      << domain::name_of(code);
        return {};
    }
    EXPECT_EQ(domain::name_of(decision.error().code), domain::name_of(code))
        << describe(decision.error());
    return std::move(decision).error();
}

domain::Decision Story::decide(const domain::Command& command) const {
    return domain::decide(books_, command, {kCompany, today_});
}

} // namespace daybook::tests
