#include "api/restores/restore_parts.h"

namespace daybook::api {

Result<void> RestoreParts::open(Service& service) {
    operations_ = TRY(Operations::open(service));
    uploads_ = TRY(Uploads::open({files_, large_files_, service.clock(), service.ids()},
                                 service.data_directory()));
    inspections_.emplace(service, *uploads_, large_files_, files_);
    desk_.emplace(RestoreDesk{service, *operations_, *uploads_, *inspections_});
    return {};
}

void RestoreParts::beat() {
    operations_->expire();
    for (const Uuid& expired : uploads_->expire())
        inspections_->forget(expired);
}

} // namespace daybook::api
