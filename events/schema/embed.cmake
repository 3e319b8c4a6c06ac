# cmake -DOUTPUT=FILE.cpp -DFILES=a;b -P embed.cmake
# Writes a source that defines schema_files() (events/schema_files.h) with the bytes of FILES.
set(bytes "")
set(rows "")
set(number 0)
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "(..)" "\\\\x\\1" escaped "${hex}")
  string(LENGTH "${hex}" digits)
  math(EXPR size "${digits} / 2")
  # A literal a line of 32 bytes: compilers stop at lines of 64 KiB.
  string(REGEX REPLACE "(................................................................................................................................)" "\\1\"\n    \"" escaped "${escaped}")
  string(APPEND bytes "constexpr char kFile${number}[] =\n    \"${escaped}\";\n")
  string(APPEND rows "    {\"${name}\", {kFile${number}, ${size}}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUTPUT} "#include \"events/schema_files.h\"

namespace daybook {
namespace {

${bytes}
constexpr SchemaFile kFiles[] = {
${rows}};

} // namespace

std::span<const SchemaFile> schema_files() { return kFiles; }

} // namespace daybook
")
