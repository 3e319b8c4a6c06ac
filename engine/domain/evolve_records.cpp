// Clients and products, attached files, imports.
#include "engine/domain/evolution.h"

namespace daybook::domain {

ClientState begin(const ClientCreated& event) { return {.profile = event.profile}; }
void change(ClientState& client, const ClientChanged& event) { client.profile = event.profile; }
void change(ClientState& client, const ClientArchived&) { client.archived = true; }
void change(ClientState& client, const ClientUnarchived&) { client.archived = false; }
void change(ClientState& client, const ClientsMerged& event) {
    client.merged_into = event.merged_into;
}

ProductState begin(const ProductCreated& event) { return {.profile = event.profile}; }
void change(ProductState& product, const ProductChanged& event) { product.profile = event.profile; }
void change(ProductState& product, const ProductArchived&) { product.archived = true; }
void change(ProductState& product, const ProductUnarchived&) { product.archived = false; }

FileState begin(const FileAttached& event) { return {.file = event}; }
FileState begin(const PersonErased& event) {
    FileState state;
    state.file.blob = event.blob;
    state.erased = true;
    return state;
}
void change(FileState& file, const FileDetached&) { file.detached = true; }
void change(FileState& file, const FileErased&) { file.erased = true; }
void change(FileState& file, const PersonErased&) { file.erased = true; }

ImportState begin(const ImportRecorded& event) { return {event}; }

} // namespace daybook::domain
