/* The inner loops of the embedded engine, for where a C compiler was at hand. Each does what the NumPy form beside its call does,
 * to the last bit; the tests hold one to the other. Called by ctypes from kernel.py, without Python headers.
 *
 * Arrays come from files that may be damaged: every number read from one is checked before it is used as an index. A function
 * that meets a wrong one returns DAMAGED, and the caller falls back on NumPy, which tells what is wrong.
 */
#include <stdint.h>
#include <string.h>

#define DAMAGED (-1)
#define UNFIT (-2)   /* a case that the NumPy form handles: counts above 255 */
#define BLOCK 512

const char onrecord_source[] = SOURCE;

/* Tallies of codes that lie side by side: for each of `columns` columns (offset and width in a row of `stride` bytes) how many of
 * `rows` have each code. */
int64_t onrecord_count(const uint8_t *table, int64_t table_rows, int64_t stride, const int64_t *rows, int64_t n,
                       int64_t columns, const int64_t *offsets, const int64_t *widths, const int64_t *sizes, int64_t **tallies)
{
    uint8_t block[BLOCK * 32];
    if (stride > 32) return UNFIT;
    for (int64_t begin = 0; begin < n; begin += BLOCK) {
        int64_t many = n - begin < BLOCK ? n - begin : BLOCK;
        for (int64_t i = 0; i < many; i++) {
            int64_t row = rows[begin + i];
            if (row < 0 || row >= table_rows) return DAMAGED;
            if (begin + i + 24 < n) __builtin_prefetch(table + rows[begin + i + 24] * stride);
            if (stride == 16) memcpy(block + i * 16, table + row * 16, 16);
            else memcpy(block + i * stride, table + row * stride, (size_t)stride);
        }
        for (int64_t c = 0; c < columns; c++) {
            const uint8_t *at = block + offsets[c];
            int64_t size = sizes[c], *tally = tallies[c];
            if (widths[c] == 1) {
                for (int64_t i = 0; i < many; i++, at += stride) {
                    if (*at >= size) return DAMAGED;
                    tally[*at]++;
                }
            } else if (widths[c] == 2) {
                for (int64_t i = 0; i < many; i++, at += stride) {
                    uint16_t code;
                    memcpy(&code, at, 2);
                    if (code >= size) return DAMAGED;
                    tally[code]++;
                }
            } else {
                for (int64_t i = 0; i < many; i++, at += stride) {
                    uint32_t code;
                    memcpy(&code, at, 4);
                    if ((int64_t)code >= size) return DAMAGED;
                    tally[code]++;
                }
            }
        }
    }
    return 0;
}

/* Those of some rows whose code in one column fits; returns how many. */
int64_t onrecord_fitting(const uint8_t *table, int64_t table_rows, int64_t stride, int64_t offset, int64_t width,
                         const uint8_t *fits, int64_t codes, int64_t wanted, const int64_t *rows, int64_t n, int64_t *out)
{
    int64_t found = 0;
    for (int64_t i = 0; i < n; i++) {
        int64_t row = rows[i];
        uint32_t code = 0;
        if (row < 0 || row >= table_rows) return DAMAGED;
        if (i + 16 < n) __builtin_prefetch(table + rows[i + 16] * stride + offset);
        memcpy(&code, table + row * stride + offset, (size_t)width); /* little-endian, as the files are */
        if ((int64_t)code >= codes) return DAMAGED;
        out[found] = row;
        found += fits[code] == wanted;
    }
    return found;
}

/* Tallies of lists of values -> tallies of the values: list i is flat[at[i] .. at[i + 1]]. */
int64_t onrecord_expand(const int64_t *by_list, int64_t lists, const uint32_t *at, const uint32_t *flat, int64_t flat_size,
                        int64_t *tally, int64_t size)
{
    for (int64_t i = 0; i < lists; i++) {
        if (!by_list[i]) continue;
        int64_t begin = at[i], end = at[i + 1];
        if (begin > end || end > flat_size) return DAMAGED;
        for (; begin < end; begin++) {
            if ((int64_t)flat[begin] >= size) return DAMAGED;
            tally[flat[begin]] += by_list[i];
        }
    }
    return 0;
}

/* The `most` largest of a tally from `first` on, largest first, equal ones by number; returns how many are above 0. */
int64_t onrecord_largest(const int64_t *tally, int64_t first, int64_t size, int64_t most, int64_t *numbers, int64_t *counts)
{
    int64_t above = 0, kept = 0;
    for (int64_t i = first; i < size; i++) {
        int64_t count = tally[i];
        if (count <= 0) continue;
        above++;
        if (kept == most && (most == 0 || count <= counts[kept - 1])) continue;
        int64_t at = kept < most ? kept++ : kept - 1;
        while (at > 0 && counts[at - 1] < count) {
            counts[at] = counts[at - 1];
            numbers[at] = numbers[at - 1];
            at--;
        }
        counts[at] = count;
        numbers[at] = i;
    }
    return above;
}

static int64_t lower_bound(const uint32_t *list, int64_t low, int64_t n, uint32_t wanted)
{
    int64_t step = 1, high = low;
    while (high < n && list[high] < wanted) {
        low = high + 1;
        high += step;
        step <<= 1;
    }
    if (high > n) high = n;
    while (low < high) {
        int64_t middle = (low + high) >> 1;
        if (list[middle] < wanted) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* BM25 of one word in some rows, ascending: scores[i] = count * weight / (lengths[row] + count), or 0 where the word is not.
 * `list` holds the word's rows less `base`, `counts` how often it stands in each. Adds to what is in scores. */
int64_t onrecord_score(const uint32_t *list, const uint8_t *counts, int64_t found, int64_t base, const int64_t *rows, int64_t n,
                       const float *lengths, int64_t all_rows, float weight, float *scores)
{
    int64_t at = 0;
    for (int64_t i = 0; i < n; i++) {
        int64_t row = rows[i], inside = row - base;
        if (row < 0 || row >= all_rows) return DAMAGED;
        if (inside < 0) continue;
        if (inside > UINT32_MAX) break;
        if (at < found && list[at] < (uint32_t)inside) at = lower_bound(list, at, found, (uint32_t)inside);
        if (at == found) break;
        if (list[at] != (uint32_t)inside) continue;
        if (counts[at] == 255) return UNFIT;
        float count = (float)counts[at];
        scores[i] += count * weight / (lengths[row] + count);
    }
    return 0;
}

/* The same for all of the word's rows. */
int64_t onrecord_score_all(const uint32_t *list, const uint8_t *counts, int64_t found, int64_t base, const float *lengths,
                           int64_t all_rows, float weight, float *scores)
{
    if (found && (int64_t)list[found - 1] + base >= all_rows) return DAMAGED; /* lists ascend; a damaged one is met below */
    for (int64_t i = 0; i < found; i++) {
        int64_t row = base + list[i];
        if (row >= all_rows) return DAMAGED;
        float count = (float)counts[i];
        if (counts[i] == 255) return UNFIT;
        scores[i] += count * weight / (lengths[row] + count);
    }
    return 0;
}

/* The same added up by row, with a mark on each row; `sums` and `bits` are over all rows. */
int64_t onrecord_add(const uint32_t *list, const uint8_t *counts, int64_t found, int64_t base, const float *lengths,
                     int64_t all_rows, float weight, uint64_t *bits, float *sums)
{
    for (int64_t i = 0; i < found; i++) {
        int64_t row = base + list[i];
        if (row >= all_rows) return DAMAGED;
        if (counts[i] == 255) return UNFIT;
        float count = (float)counts[i];
        sums[row] += count * weight / (lengths[row] + count);
        bits[row >> 6] |= (uint64_t)1 << (row & 63);
    }
    return 0;
}

/* Rows of a bitmap with their sums, ascending; bitmap and sums back to zero. */
int64_t onrecord_collect_sums(uint64_t *bits, int64_t words, float *sums, int64_t *out, float *scores)
{
    int64_t found = 0;
    for (int64_t i = 0; i < words; i++) {
        uint64_t word = bits[i];
        bits[i] = 0;
        while (word) {
            int64_t row = (i << 6) + __builtin_ctzll(word);
            out[found] = row;
            scores[found++] = sums[row];
            sums[row] = 0;
            word &= word - 1;
        }
    }
    return found;
}

static int better(float score, uint32_t rank, float other, uint32_t other_rank)
{
    return score > other || (score == other && rank < other_rank);
}

/* Places of the `most` best of n rows: by score, then by rank[row], the lower the better. Returns how many there are. */
int64_t onrecord_best(const float *scores, const int64_t *rows, int64_t n, const uint32_t *rank, int64_t all_rows, int64_t most,
                      int64_t *places)
{
    int64_t kept = 0;
    float least = 0;
    uint32_t least_rank = 0;
    for (int64_t i = 0; i < n; i++) {
        float score = scores[i];
        if (kept == most && score < least) continue;
        int64_t row = rows[i];
        if (row < 0 || row >= all_rows) return DAMAGED;
        uint32_t place = rank[row];
        if (kept == most && !better(score, place, least, least_rank)) continue;
        int64_t at = kept < most ? kept++ : kept - 1;
        while (at > 0 && better(score, place, scores[places[at - 1]], rank[rows[places[at - 1]]])) {
            places[at] = places[at - 1];
            at--;
        }
        places[at] = i;
        least = scores[places[kept - 1]];
        least_rank = rank[rows[places[kept - 1]]];
    }
    return kept;
}

/* Rows in both of two ascending lists; returns how many. */
int64_t onrecord_intersect(const int64_t *few, int64_t n, const int64_t *many, int64_t m, int64_t *out)
{
    int64_t at = 0, found = 0;
    if (n * 8 < m) {
        for (int64_t i = 0; i < n; i++) {
            int64_t wanted = few[i], step = 1, low = at, high = at;
            while (high < m && many[high] < wanted) {
                low = high + 1;
                high += step;
                step <<= 1;
            }
            if (high > m) high = m;
            while (low < high) {
                int64_t middle = (low + high) >> 1;
                if (many[middle] < wanted) low = middle + 1;
                else high = middle;
            }
            at = low;
            if (at == m) break;
            if (many[at] == wanted) out[found++] = wanted;
        }
        return found;
    }
    for (int64_t i = 0; i < n && at < m;) {
        int64_t a = few[i], b = many[at];
        out[found] = a;
        found += a == b;
        i += a <= b;
        at += b <= a;
    }
    return found;
}

/* Which of some rows are in a word's list; returns how many. */
int64_t onrecord_within(const int64_t *rows, int64_t n, const uint32_t *list, int64_t found, int64_t base, int64_t *out)
{
    int64_t at = 0, kept = 0;
    if (n * 8 >= found) {
        for (int64_t i = 0; i < n && at < found;) {
            int64_t a = rows[i], b = base + list[at];
            out[kept] = a;
            kept += a == b;
            i += a <= b;
            at += b <= a;
        }
        return kept;
    }
    for (int64_t i = 0; i < n; i++) {
        int64_t inside = rows[i] - base;
        if (inside < 0) continue;
        if (inside > UINT32_MAX) break;
        at = lower_bound(list, at, found, (uint32_t)inside);
        if (at == found) break;
        if (list[at] == (uint32_t)inside) out[kept++] = rows[i];
    }
    return kept;
}

/* Marks rows of a list in a bitmap of 64 to a word. */
int64_t onrecord_mark(const uint32_t *list, int64_t n, int64_t base, int64_t all_rows, uint64_t *bits)
{
    for (int64_t i = 0; i < n; i++) {
        int64_t row = base + list[i];
        if (row >= all_rows) return DAMAGED;
        bits[row >> 6] |= (uint64_t)1 << (row & 63);
    }
    return 0;
}

int64_t onrecord_mark_wide(const int64_t *list, int64_t n, int64_t all_rows, uint64_t *bits)
{
    for (int64_t i = 0; i < n; i++) {
        int64_t row = list[i];
        if (row < 0 || row >= all_rows) return DAMAGED;
        bits[row >> 6] |= (uint64_t)1 << (row & 63);
    }
    return 0;
}

/* How many bits are set. */
int64_t onrecord_marked(const uint64_t *bits, int64_t words)
{
    int64_t found = 0;
    for (int64_t i = 0; i < words; i++) found += __builtin_popcountll(bits[i]);
    return found;
}

/* Rows of a bitmap, ascending, and the bitmap back to zero. */
int64_t onrecord_collect(uint64_t *bits, int64_t words, int64_t *out)
{
    int64_t found = 0;
    for (int64_t i = 0; i < words; i++) {
        uint64_t word = bits[i];
        bits[i] = 0;
        while (word) {
            out[found++] = (i << 6) + __builtin_ctzll(word);
            word &= word - 1;
        }
    }
    return found;
}

/* Which of some rows, all of which have every word, have them one right after the other. The occurrences of the words lie in the
 * order of postings, a byte each; `checkpoints` holds how many lie before each `every`-th posting. Rows with a position that no byte
 * holds go to `unsure`. Returns how many rows fit; *unsure_rows becomes how many are left to judge. */
typedef struct {
    const uint32_t *list;
    int64_t begin, end;
    int64_t at, before; /* posting reached, occurrences before it */
} Word;

static int64_t seek(Word *word, const uint8_t *counts, int64_t all_counts, const uint64_t *checkpoints, int64_t stops, int64_t every,
                    uint32_t row)
{
    int64_t at = lower_bound(word->list, word->at, word->end, row);
    if (at >= word->end || word->list[at] != row || at >= all_counts) return DAMAGED;
    if (word->before < 0 || at / every != word->at / every) {
        int64_t stop = at / every;
        if (stop >= stops) return DAMAGED;
        word->at = stop * every;
        word->before = (int64_t)checkpoints[stop];
    }
    for (; word->at < at; word->at++) {
        if (counts[word->at] == 255) return UNFIT;
        word->before += counts[word->at];
    }
    return counts[at] == 255 ? UNFIT : 0;
}

int64_t onrecord_phrase(int64_t words, const int64_t *begins, const int64_t *ends, const uint32_t *list, int64_t postings,
                        const uint8_t *counts, const uint64_t *checkpoints, int64_t stops, int64_t every,
                        const uint8_t *positions, int64_t all_positions, const int64_t *rows, int64_t n, int64_t *fitting,
                        int64_t *unsure, int64_t *unsure_rows)
{
    Word reached[16];
    int64_t found = 0, left = 0;
    if (words > 16) return UNFIT;
    for (int64_t w = 0; w < words; w++) {
        if (begins[w] < 0 || begins[w] > ends[w] || ends[w] > postings) return DAMAGED;
        Word one = {list, begins[w], ends[w], begins[w], -1};
        reached[w] = one;
    }
    for (int64_t i = 0; i < n; i++) {
        uint32_t row = (uint32_t)rows[i];
        int64_t at[16], stop[16];
        int fits = 0, open = 0;
        for (int64_t w = 0; w < words; w++) {
            int64_t bad = seek(&reached[w], counts, postings, checkpoints, stops, every, row);
            if (bad) return bad;
            at[w] = reached[w].before;
            stop[w] = at[w] + counts[reached[w].at];
            if (at[w] < 0 || stop[w] > all_positions) return DAMAGED;
            open |= positions[stop[w] - 1] == 255;
        }
        if (open) {
            unsure[left++] = rows[i];
            continue;
        }
        for (; at[0] < stop[0] && !fits; at[0]++) {
            int first = positions[at[0]];
            fits = 1;
            for (int64_t w = 1; w < words && fits; w++) {
                while (at[w] < stop[w] && positions[at[w]] < first + w) at[w]++;
                fits = at[w] < stop[w] && positions[at[w]] == first + w;
            }
        }
        if (fits) fitting[found++] = rows[i];
    }
    *unsure_rows = left;
    return found;
}
