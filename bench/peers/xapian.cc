// SPDX-License-Identifier: MIT
// The peer by Xapian 1.4: indexing and searching as a plain program of its own would.
// Usage: xapian index-texts TEXTS DATABASE      English stemmer, a document a passage, positions on
//        xapian index-words WORDS DATABASE      the same, of words that are terms already; and filter terms
//        xapian compact DATABASE COMPACTED
//        xapian search DATABASE QUERIES [REPEATS]
// Files are those of bench/export.c and bench/classes.c; output as bench/search.c.
#include <xapian.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace {

const int group = 3, near_words = 5, limit = 10;

struct Passage {
    unsigned long id;
    std::string group, text;
};

bool read_passage(std::istream &in, Passage &passage)
{
    std::string line;
    if (!std::getline(in, line))
        return false;
    size_t first = line.find('\t'), second = line.find('\t', first + 1);
    passage.id = std::stoul(line.substr(0, first));
    passage.group = line.substr(first + 1, second - first - 1);
    passage.text = line.substr(second + 1);
    return true;
}

void add_words(Xapian::Document &document, const std::string &text)
{
    Xapian::termpos position = 0;
    for (size_t at = 0; at < text.size();) {
        size_t end = text.find(' ', at);
        if (end == std::string::npos)
            end = text.size();
        if (end > at)
            document.add_posting(text.substr(at, end - at), ++position);
        at = end + 1;
    }
}

void index(const char *input, const char *path, bool are_texts)
{
    std::ifstream in(input);
    Xapian::WritableDatabase database(path, Xapian::DB_CREATE_OR_OVERWRITE);
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("english"));
    Passage passage;
    while (read_passage(in, passage)) {
        Xapian::Document document;
        if (are_texts) {
            generator.set_document(document);
            generator.index_text(passage.text);
        } else {
            add_words(document, passage.text);
            document.add_boolean_term("XG" + passage.group);
        }
        database.replace_document(Xapian::docid(passage.id), document);
    }
    database.commit();
}

Xapian::Query make_query(const Xapian::Database &database, const std::string &kind,
                         const std::vector<std::string> &terms)
{
    using Xapian::Query;
    if (kind == "term")
        return Query(terms[0]);
    if (kind == "prefix")
        return Query(Query::OP_WILDCARD, terms[0], 0, Query::WILDCARD_LIMIT_ERROR, Query::OP_SYNONYM);
    if (kind == "and")
        return Query(Query::OP_AND, terms.begin(), terms.end());
    if (kind == "phrase")
        return Query(Query::OP_PHRASE, terms.begin(), terms.end(), Xapian::termcount(terms.size()));
    if (kind == "near")
        return Query(Query::OP_NEAR, terms.begin(), terms.end(), Xapian::termcount(terms.size()) + near_words);
    Query any(Query::OP_OR, terms.begin(), terms.end());
    (void)database;
    return kind == "filtered" ? Query(Query::OP_FILTER, any, Query("XG" + std::to_string(group))) : any;
}

double processor_ms()
{
    timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
}

void search(const char *path, const char *queries, int repeats)
{
    Xapian::Database database(path);
    std::ifstream in(queries);
    std::string line, name, kind, words, term;
    while (std::getline(in, line)) {
        std::istringstream fields(line);
        std::getline(fields, name, '\t');
        std::getline(fields, kind, '\t');
        std::getline(fields, words);
        std::istringstream split(words);
        std::vector<std::string> terms;
        while (split >> term)
            terms.push_back(term);
        double best = 0;
        unsigned found = 0;
        for (int i = 0; i < repeats; i++) {
            double began = processor_ms();
            Xapian::Enquire enquire(database);
            enquire.set_query(make_query(database, kind, terms));
            Xapian::MSet set = enquire.get_mset(0, limit);
            double took = processor_ms() - began;
            best = i == 0 || took < best ? took : best;
            found = set.size();
        }
        std::printf("%s\t%.5f\t%u\n", name.c_str(), best, found);
    }
}

} // namespace

int main(int argc, char **argv)
{
    const std::string what = argc >= 4 ? argv[1] : "";
    try {
        if (what == "index-texts" || what == "index-words")
            index(argv[2], argv[3], what == "index-texts");
        else if (what == "compact")
            Xapian::Database(argv[2]).compact(argv[3]);
        else if (what == "search")
            search(argv[2], argv[3], argc > 4 ? std::atoi(argv[4]) : 3);
        else
            return std::fputs("usage: xapian index-texts|index-words|compact|search ...\n", stderr), 2;
    } catch (const Xapian::Error &error) {
        std::fprintf(stderr, "%s\n", error.get_description().c_str());
        return 1;
    }
    return 0;
}
