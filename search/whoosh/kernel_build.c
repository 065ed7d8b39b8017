/* The inner loops of building an index, for where a C compiler was at hand. Each does what the NumPy form beside its call does, to
 * the last bit; the tests hold one to the other. Called by ctypes from kernel_build.py, without Python headers.
 */
#include <stdlib.h>

#include "kernel.h"

#define NO_MEMORY (-3)

/* Spellings: every way in which a word was written, numbered as they come. */
typedef struct {
    uint32_t hash, word; /* number of the spelling + 1; 0 where the slot is free */
} Slot;

typedef struct {
    uint8_t *text; /* all spellings end to end, UTF-8 */
    int64_t *ends;
    Slot *slots;
    int64_t words, word_room, text_room, mask;
} Spellings;

void onrecord_spellings_free(Spellings *known)
{
    if (!known) return;
    free(known->text);
    free(known->ends);
    free(known->slots);
    free(known);
}

Spellings *onrecord_spellings_new(void)
{
    Spellings *known = calloc(1, sizeof *known);
    if (!known) return NULL;
    known->word_room = 1 << 12;
    known->text_room = 1 << 16;
    known->mask = (1 << 13) - 1;
    known->text = malloc((size_t)known->text_room);
    known->ends = malloc((size_t)known->word_room * sizeof *known->ends);
    known->slots = calloc((size_t)known->mask + 1, sizeof *known->slots);
    if (known->text && known->ends && known->slots) return known;
    onrecord_spellings_free(known);
    return NULL;
}

int64_t onrecord_spellings_size(const Spellings *known, int64_t *text_size)
{
    *text_size = known->words ? known->ends[known->words - 1] : 0;
    return known->words;
}

void onrecord_spellings_copy(const Spellings *known, uint8_t *text, int64_t *ends)
{
    int64_t size;
    if (!onrecord_spellings_size(known, &size)) return;
    memcpy(text, known->text, (size_t)size);
    memcpy(ends, known->ends, (size_t)known->words * sizeof *ends);
}

static int more_slots(Spellings *known)
{
    int64_t mask = known->mask * 2 + 1;
    Slot *slots = calloc((size_t)mask + 1, sizeof *slots);
    if (!slots) return NO_MEMORY;
    for (int64_t i = 0; i <= known->mask; i++) {
        if (!known->slots[i].word) continue;
        int64_t at = known->slots[i].hash & mask;
        while (slots[at].word) at = (at + 1) & mask;
        slots[at] = known->slots[i];
    }
    free(known->slots);
    known->slots = slots;
    known->mask = mask;
    return 0;
}

static int64_t number_of(Spellings *known, const uint8_t *word, int64_t size, uint32_t hash)
{
    int64_t at = hash & known->mask;
    for (; known->slots[at].word; at = (at + 1) & known->mask) {
        if (known->slots[at].hash != hash) continue;
        int64_t number = known->slots[at].word - 1, begin = number ? known->ends[number - 1] : 0;
        if (known->ends[number] - begin == size && !memcmp(known->text + begin, word, (size_t)size)) return number;
    }
    int64_t number = known->words, begin = number ? known->ends[number - 1] : 0;
    if (number == known->word_room) {
        int64_t *ends = realloc(known->ends, (size_t)number * 2 * sizeof *ends);
        if (!ends) return NO_MEMORY;
        known->ends = ends;
        known->word_room = number * 2;
    }
    if (begin + size > known->text_room) {
        int64_t room = (begin + size) * 2;
        uint8_t *text = realloc(known->text, (size_t)room);
        if (!text) return NO_MEMORY;
        known->text = text;
        known->text_room = room;
    }
    memcpy(known->text + begin, word, (size_t)size);
    known->ends[number] = begin + size;
    known->slots[at].hash = hash;
    known->slots[at].word = (uint32_t)number + 1;
    known->words++;
    if (known->words * 2 > known->mask && more_slots(known)) return NO_MEMORY;
    return number;
}

/* One character of UTF-8; the text comes from an encoder and is whole. */
static inline uint32_t character(const uint8_t *text, int64_t at, int64_t *after)
{
    uint32_t first = text[at];
    if (first < 0x80) {
        *after = at + 1;
        return first;
    }
    if (first < 0xE0) {
        *after = at + 2;
        return (first & 0x1F) << 6 | (text[at + 1] & 0x3F);
    }
    if (first < 0xF0) {
        *after = at + 3;
        return (first & 0x0F) << 12 | (uint32_t)(text[at + 1] & 0x3F) << 6 | (text[at + 2] & 0x3F);
    }
    *after = at + 4;
    return (first & 0x07) << 18 | (uint32_t)(text[at + 1] & 0x3F) << 12 | (uint32_t)(text[at + 2] & 0x3F) << 6 |
           (text[at + 3] & 0x3F);
}

enum { BEGINS = 1 }; /* kinds of characters: 0 divides, 1 may begin a word, 2 may only go on with one */

/* Divides texts that lie end to end into words. `kinds` has a kind for each character below `all_kinds`; others divide. `numbers`
 * gets the spelling of each word, `ends` how many words there are up to the end of each text. Returns how many in all. */
int64_t onrecord_spellings_add(Spellings *known, const uint8_t *kinds, int64_t all_kinds, const uint8_t *text,
                               const int64_t *text_ends, int64_t texts, uint32_t *numbers, int64_t *ends)
{
    int64_t at = 0, found = 0;
#define KIND(c) ((c) < all_kinds ? kinds[c] : 0)
    for (int64_t i = 0; i < texts; i++) {
        int64_t end = text_ends[i];
        while (at < end) {
            int64_t begin = at, after;
            uint32_t c = character(text, at, &after);
            at = after;
            if (KIND(c) != BEGINS) continue;
            for (;;) {
                c = 0;
                while (at < end) {
                    c = character(text, at, &after);
                    if (!KIND(c)) break;
                    at = after;
                }
                if (at >= end || (c != '\'' && c != 0x2019) || after >= end) break;
                c = character(text, after, &after);
                if (KIND(c) != BEGINS) break;
                at = after;
            }
            uint64_t hash = 0xCBF29CE484222325u;
            for (int64_t j = begin; j < at; j++) hash = (hash ^ text[j]) * 0x100000001B3u;
            int64_t number = number_of(known, text + begin, at - begin, (uint32_t)(hash >> 32 ^ hash));
            if (number < 0) return NO_MEMORY;
            numbers[found++] = (uint32_t)number;
        }
        ends[i] = found;
    }
#undef KIND
    return found;
}

/* From occurrences in reading order to postings. `list_of` has the list of each number in `words`; `begins` the first occurrence of
 * each row and an end mark. `edges` has room for (occurrences before, postings before, row met last) of each list and zeros in it.
 * Returns how many postings there are; edges are ready for onrecord_invert. */
typedef struct {
    int64_t spot, posting, row;
} Edge;

int64_t onrecord_tally(const uint32_t *words, const uint32_t *list_of, const int64_t *begins, int64_t rows, int64_t lists,
                       Edge *edges)
{
    for (int64_t row = 0; row < rows; row++) {
        for (int64_t i = begins[row]; i < begins[row + 1]; i++) {
            Edge *edge = edges + list_of[words[i]];
            edge->spot++;
            edge->posting += edge->row != row + 1;
            edge->row = row + 1;
        }
    }
    int64_t spots = 0, postings = 0;
    for (int64_t list = 0; list < lists; list++) {
        Edge one = edges[list], before = {spots, postings, 0};
        edges[list] = before;
        spots += one.spot;
        postings += one.posting;
    }
    return postings;
}

/* The postings: rows, counts and positions, the latter two up to 255. What is larger goes aside: `far` gets (place, position) of each
 * position above 255, `more` the place of a count for each time that it is passed 255. sizes[0 and 1] become how many. Afterwards
 * the second number of an edge is how many postings there are up to the end of its list. */
void onrecord_invert(const uint32_t *words, const uint32_t *list_of, const int64_t *begins, int64_t rows, Edge *edges,
                     uint32_t *out_rows, uint8_t *counts, uint8_t *positions, int64_t *far, int64_t *more, int64_t *sizes)
{
    int64_t far_size = 0, more_size = 0;
    for (int64_t row = 0; row < rows; row++) {
        for (int64_t i = begins[row]; i < begins[row + 1]; i++) {
            Edge *edge = edges + list_of[words[i]];
            int64_t position = i - begins[row];
            if (edge->row != row + 1) {
                edge->row = row + 1;
                out_rows[edge->posting] = (uint32_t)row;
                counts[edge->posting++] = 0;
            }
            if (counts[edge->posting - 1] < 255) counts[edge->posting - 1]++;
            else more[more_size++] = edge->posting - 1;
            if (position > 255) {
                far[far_size++] = edge->spot;
                far[far_size++] = position;
                position = 255;
            }
            positions[edge->spot++] = (uint8_t)position;
        }
    }
    sizes[0] = far_size / 2;
    sizes[1] = more_size;
}

/* Rows of lists as they are stored: the lower halves in `low`, and for each stretch of rows of a list whose upper half is one, that
 * half and the number of rows less one in `steps`. `steps_of` becomes how many steps each list has. Returns how many in all. */
int64_t onrecord_pack(const uint32_t *rows, const int64_t *sizes, int64_t lists, uint16_t *low, uint16_t *steps, uint32_t *steps_of)
{
    int64_t at = 0, many = 0;
    for (int64_t list = 0; list < lists; list++) {
        int64_t end = at + sizes[list], before = many;
        while (at < end) {
            uint32_t high = rows[at] >> 16;
            int64_t first = at;
            for (; at < end && rows[at] >> 16 == high; at++) low[at] = (uint16_t)rows[at];
            steps[2 * many] = (uint16_t)high;
            steps[2 * many++ + 1] = (uint16_t)(at - first - 1);
        }
        steps_of[list] = (uint32_t)(many - before);
    }
    return many;
}

/* Two ascending lists in one, counts of a row in both added; returns how many. */
static int64_t merged(const uint32_t *rows, const uint32_t *counts, int64_t middle, int64_t end, uint32_t *out_rows,
                      uint32_t *out_counts)
{
    int64_t a = 0, b = middle, found = 0;
    while (a < middle && b < end) {
        uint32_t one = rows[a], two = rows[b];
        out_rows[found] = one < two ? one : two;
        out_counts[found++] = (one <= two ? counts[a] : 0) + (two <= one ? counts[b] : 0);
        a += one <= two;
        b += two <= one;
    }
    int64_t left = a < middle ? middle - a : end - b, from = a < middle ? a : b;
    memcpy(out_rows + found, rows + from, (size_t)left * 4);
    memcpy(out_counts + found, counts + from, (size_t)left * 4);
    return found + left;
}

/* Brings the lists of each group together in one. The lists of all groups lie end to end, group by group: `sizes` of each (room that
 * is written over), their rows as onrecord_pack made them with `steps_of` each, their counts up to 255. The spare room is for
 * 2 * `room` numbers each, as many as the largest group has. `group_sizes` becomes how many postings each group has. Returns how
 * many in all, or DAMAGED where the steps do not fit the sizes. */
int64_t onrecord_union(const int64_t *members, int64_t groups, int64_t *sizes, const uint16_t *const *low,
                       const uint16_t *const *steps, const int64_t *steps_of, const uint8_t *const *counts, uint32_t *spare_rows,
                       uint32_t *spare_counts, int64_t room, uint32_t *out_rows, uint32_t *out_counts, int64_t *group_sizes)
{
    int64_t to = 0, list = 0;
    for (int64_t g = 0; g < groups; g++) {
        int64_t many = members[g], first = list, filled = 0;
        uint32_t *r = spare_rows, *c = spare_counts, *r2 = spare_rows + room, *c2 = spare_counts + room;
        for (int64_t m = 0; m < many; m++, list++) {
            int64_t at = 0;
            if (sizes[list] > room - filled) return DAMAGED;
            for (int64_t step = 0; step < steps_of[list]; step++) {
                uint32_t high = (uint32_t)steps[list][2 * step] << 16;
                int64_t end = at + steps[list][2 * step + 1] + 1;
                if (end > sizes[list]) return DAMAGED;
                for (; at < end; at++) r[filled + at] = high | low[list][at];
            }
            if (at != sizes[list]) return DAMAGED;
            for (at = 0; at < sizes[list]; at++) c[filled + at] = counts[list][at];
            filled += sizes[list];
        }
        int64_t *left = sizes + first;
        for (; many > 1; many = (many + 1) / 2) {
            int64_t read = 0, written = 0;
            for (int64_t m = 0; m < many; m += 2) {
                int64_t second = m + 1 < many ? left[m + 1] : 0;
                int64_t size = merged(r + read, c + read, left[m], left[m] + second, r2 + written, c2 + written);
                read += left[m] + second;
                written += size;
                left[m / 2] = size;
            }
            uint32_t *swap = r;
            r = r2, r2 = swap;
            swap = c;
            c = c2, c2 = swap;
        }
        int64_t size = members[g] ? left[0] : 0;
        memcpy(out_rows + to, r, (size_t)size * 4);
        memcpy(out_counts + to, c, (size_t)size * 4);
        group_sizes[g] = size;
        to += size;
    }
    return to;
}
