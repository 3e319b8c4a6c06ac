// What documents are made with: tax rates, terms of payment, money accounts; number series have
// series.h. Each is a thing of its own. A document takes over what it uses, so changing a setting
// changes nothing that was written before.
#pragma once

#include "engine/domain/outcome.h"

namespace daybook::domain {

// Defining what is there already, with the same values, writes nothing. With other values only
// terms are defined again: the law's new rate is a new thing beside the old one, and so is an
// account.
Decision decide(const Books& books, const DefineTaxRate& command, const Circumstances&);
Decision decide(const Books& books, const RetireTaxRate& command, const Circumstances&);
Decision decide(const Books& books, const DefineTerms& command, const Circumstances&);
Decision decide(const Books& books, const DefineMoneyAccount& command, const Circumstances&);
Decision decide(const Books& books, const RetireMoneyAccount& command, const Circumstances&);

} // namespace daybook::domain
