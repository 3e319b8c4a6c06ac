// Workbooks as other programs write them, part by part, and as nobody should.
#pragma once

#include "engine/backup/deflate.h"
#include "engine/backup/little_endian.h"
#include "engine/import/workbook_reader.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace daybook::import {

using Parts = std::vector<std::pair<std::string, std::string>>;

// A ZIP of these parts, deflated; what the directory says may be bent before it is written.
struct Zip {
    Parts parts;
    std::uint16_t flags = 0;
    std::uint16_t method = 8;
    std::int64_t size_off_by = 0;
    std::uint32_t crc_off_by = 0;
    bool wide = false; // Numbers in the 64-bit extra field.
    std::string comment;

    std::string bytes() const {
        using backup::append_little_endian;
        std::string file;
        std::string directory;
        for (const auto& [name, content] : parts) {
            std::string stored = content;
            if (method == 8) {
                stored.clear();
                backup::Deflater deflater;
                deflater.add(content, stored);
                deflater.end(stored);
            }
            const std::uint32_t at = static_cast<std::uint32_t>(file.size());
            const std::uint64_t size =
                content.size() + static_cast<std::uint64_t>(size_off_by); // Wraps as it should.
            std::string middle;
            append_little_endian(middle, flags);
            append_little_endian(middle, method);
            append_little_endian(middle, std::uint32_t{0}); // Time and date.
            append_little_endian(middle, backup::crc32_of(content) + crc_off_by);
            const auto narrow = [&](std::uint64_t number) {
                return wide ? 0xffff'ffffu : static_cast<std::uint32_t>(number);
            };
            append_little_endian(middle, narrow(stored.size()));
            append_little_endian(middle, narrow(size));
            append_little_endian(middle, static_cast<std::uint16_t>(name.size()));
            std::string extra;
            if (wide) {
                append_little_endian(extra, std::uint16_t{1});
                append_little_endian(extra, std::uint16_t{16});
                append_little_endian(extra, size);
                append_little_endian(extra, std::uint64_t{stored.size()});
            }
            append_little_endian(middle, static_cast<std::uint16_t>(extra.size()));
            file += std::string("PK\x03\x04") + std::string("\x14\0", 2) + middle + name + extra
                    + stored;
            directory += std::string("PK\x01\x02") + std::string("\x14\0\x14\0", 4) + middle
                         + std::string(10, '\0'); // Comment, disk, attributes.
            append_little_endian(directory, at);
            directory += name + extra;
        }
        std::string end = "PK\x05\x06" + std::string(4, '\0');
        append_little_endian(end, static_cast<std::uint16_t>(parts.size()));
        append_little_endian(end, static_cast<std::uint16_t>(parts.size()));
        append_little_endian(end, static_cast<std::uint32_t>(directory.size()));
        append_little_endian(end, static_cast<std::uint32_t>(file.size()));
        append_little_endian(end, static_cast<std::uint16_t>(comment.size()));
        return file + directory + end + comment;
    }
};

inline const std::string kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
inline const std::string kRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

inline std::string relation(const std::string& id, const std::string& kind,
                            const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + kRelations + "/" + kind + "\" Target=\""
           + target + "\"/>";
}
inline std::string relations(const std::string& content) {
    return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
           + content + "</Relationships>";
}

struct Workbook {
    std::string rows; // What stands in <sheetData>.
    std::string shared;
    std::string styles;
    std::string properties;
    std::string before; // The sheet's root element.

    Zip zip() const {
        return {
            {{"[Content_Types].xml", "<Types/>"},
             {"_rels/.rels", relations(relation("r1", "officeDocument", "xl/workbook.xml"))},
             {"xl/workbook.xml", "<workbook xmlns=\"" + kMain + "\" xmlns:r=\"" + kRelations
                                     + "\"><workbookPr " + properties
                                     + "/><sheets><sheet name=\"Clients\" sheetId=\"1\" "
                                       "r:id=\"r1\"/></sheets></workbook>"},
             {"xl/_rels/workbook.xml.rels",
              relations(relation("r1", "worksheet", "worksheets/sheet1.xml")
                        + relation("r2", "sharedStrings", "sharedStrings.xml")
                        + relation("r3", "styles", "/xl/styles.xml"))},
             {"xl/worksheets/sheet1.xml", before + "<worksheet xmlns=\"" + kMain + "\"><sheetData>"
                                              + rows + "</sheetData></worksheet>"},
             {"xl/sharedStrings.xml", "<sst xmlns=\"" + kMain + "\">" + shared + "</sst>"},
             {"xl/styles.xml", "<styleSheet xmlns=\"" + kMain + "\">" + styles + "</styleSheet>"}}};
    }
    std::string bytes() const { return zip().bytes(); }
};

// Why it is no workbook.
inline std::string refused(const std::string& bytes) {
    const auto table = read_workbook(bytes);
    if (table)
        return "it was taken";
    return table.error().code == domain::Code::unknown_format ? table.error().detail
                                                              : "it was refused as something else";
}

} // namespace daybook::import
