#include "tests/simulation/office.h"

#include "engine/command/fold.h"
#include "tests/support/builders.h"

namespace daybook::simulation {

using namespace tests;

Office::Office(log::FillableLog& log, World& world, Chance& chance)
    : log_(log), world_(world), chance_(chance) {
    auto sequencer = command::Sequencer::create(
        {log, world.clock, world.ids,
         [](Timestamp, const std::string&) -> std::optional<Date> { return kToday; }, *this},
        {uuid(77), "daybook simulated"});
    if (sequencer)
        sequencer_ = *std::move(sequencer);
    else
        opened_ = std::unexpected(sequencer.error());
}

command::Submission Office::next() {
    command::Submission submission;
    submission.company = id<CompanyId>(1 + static_cast<std::uint32_t>(chance_() % 3));
    const command::CompanyLine* where = sequencer_->directory()->find(submission.company);
    if (!where) {
        submission.command = domain::Command(domain::CreateCompany{
            submission.company, french_company(), kInvoiceSeries, kCreditNoteSeries});
        return submission;
    }
    // Drafts are for this client, so it comes first; ids of what is made are always new.
    const EntityRef client{EntityKind::client, kClient.value};
    if (command::newest_version(log_, where->line, client).value_or(1) == 0
        && asked_for_client_.insert(submission.company).second) {
        submission.command = domain::Command(domain::CreateClient{kClient, business("Dupont SA")});
        return submission;
    }
    const std::string name = "Client " + std::to_string(chance_() % 1'000'000);
    const std::uint32_t fresh = ++world_.serial;
    const auto some = 1 + static_cast<std::uint32_t>(chance_() % fresh);
    switch (chance_() % 6) {
    case 0:
        submission.command = domain::Command(
            domain::CreateClient{id<ClientId>(500'000'000 + fresh), business(name)});
        break;
    case 1:
        submission.command = domain::Command(domain::ChangeClient{kClient, business(name)});
        break;
    case 2:
    case 3:
        submission.command = domain::Command(draft(fresh));
        break;
    default:
        submission.command = domain::Command(issue(some));
    }
    return submission;
}

bool Office::work() {
    world_.clock.advance(std::chrono::seconds(1));
    asked_for_client_.clear();
    std::vector<command::Queued> queue;
    for (auto commands = 1 + chance_() % 3; commands > 0; --commands)
        queue.push_back({next(), [this](const command::Outcome& outcome) {
                             committed_ += std::holds_alternative<command::Committed>(outcome);
                         }});
    return sequencer_->step(std::move(queue));
}

} // namespace daybook::simulation
