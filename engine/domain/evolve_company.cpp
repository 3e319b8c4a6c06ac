// The company itself and the timeline of its going back.
#include "engine/domain/evolution.h"

namespace daybook::domain {

CompanyState begin(const CompanyCreated& event) { return {.profile = event.profile}; }
CompanyState begin(const HistoryLeftOut& event) {
    return {event.profile, event.mode, event.archived, event.retired};
}

void change(CompanyState& company, const CompanyChanged& event) { company.profile = event.profile; }
void change(CompanyState& company, const CompanyArchived&) { company.archived = true; }
void change(CompanyState& company, const CompanyUnarchived&) { company.archived = false; }
void change(CompanyState& company, const CompanyRetired&) { company.retired = true; }
void change(CompanyState& company, const CompanyReinstated&) { company.retired = false; }

// A fork says what kind of book its line has become; only activation makes it live again.
void change(CompanyState& company, const CompanyCopied& event) { company.mode = event.fork.mode; }
void change(CompanyState& company, const CompanyRestored& event) { company.mode = event.fork.mode; }
void change(CompanyState& company, const CompanyReplaced& event) { company.mode = event.fork.mode; }
void change(CompanyState& company, const LossAccepted& event) { company.mode = event.fork.mode; }
void change(CompanyState& company, const CompanyActivated&) { company.mode = BookMode::live; }
void change(CompanyState&, const CommandsKept&) {}

TimelineState begin(const CompanyRolledBack& event) { return {event}; }
void change(TimelineState& timeline, const CompanyRolledBack& event) { timeline.last = event; }

} // namespace daybook::domain
