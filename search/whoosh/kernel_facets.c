/* Counting: from rows to tallies of what they are. */
#include "kernel.h"

#define BLOCK 512

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

/* Numbers with their counts, the largest count first, equal ones by number. */
typedef struct {
    int64_t most, kept, above;
    int64_t *numbers, *counts;
} Largest;

/* Takes a number whose count is above 0. */
static inline void take(Largest *largest, int64_t number, int64_t count)
{
    int64_t *numbers = largest->numbers, *counts = largest->counts, at = largest->kept;
    largest->above++;
    if (at == largest->most) {
        if (at == 0 || count < counts[at - 1] || (count == counts[at - 1] && number > numbers[at - 1])) return;
        at--;
    } else {
        largest->kept++;
    }
    for (; at > 0 && (counts[at - 1] < count || (counts[at - 1] == count && numbers[at - 1] > number)); at--) {
        counts[at] = counts[at - 1];
        numbers[at] = numbers[at - 1];
    }
    counts[at] = count;
    numbers[at] = number;
}

/* The `most` largest of a tally from `first` on; returns how many are above 0. */
int64_t onrecord_largest(const int64_t *tally, int64_t first, int64_t size, int64_t most, int64_t *numbers, int64_t *counts)
{
    Largest largest = {most, 0, 0, numbers, counts};
    for (int64_t i = first; i < size; i++) {
        if (i + 8 <= size && !(tally[i] | tally[i + 1] | tally[i + 2] | tally[i + 3] | tally[i + 4] | tally[i + 5] | tally[i + 6] | tally[i + 7]))
            i += 7;
        else if (tally[i] > 0)
            take(&largest, i, tally[i]);
    }
    return largest.above;
}

/* A column of codes, and what values they stand for: themselves less `minus`, or the lists flat[at[code] .. at[code + 1]]. */
typedef struct {
    const uint8_t *table;
    int64_t rows, stride, offset, width, codes;
    const uint32_t *at, *flat;
    int64_t flat_size, values, minus;
} Column;

/* The same of the values of some rows. Meant for few: nothing is cleared or looked through but what they have. `tally` has room for
 * every value and is zero before and after, `met` for as many numbers. */
int64_t onrecord_largest_of(const Column *column, const int64_t *rows, int64_t n, int64_t first, int64_t most, int64_t *tally,
                            uint32_t *met, int64_t *numbers, int64_t *counts)
{
    Largest largest = {most, 0, 0, numbers, counts};
    int64_t different = 0, bad = column->width > 4 ? UNFIT : 0;
    for (int64_t i = 0; i < n && !bad; i++) {
        uint32_t code = 0, value;
        if (rows[i] < 0 || rows[i] >= column->rows) bad = DAMAGED;
        else memcpy(&code, column->table + rows[i] * column->stride + column->offset, (size_t)column->width);
        if (bad || code >= column->codes) {
            bad = DAMAGED;
        } else if (!column->at) {
            int64_t number = (int64_t)code - column->minus;
            if (number >= column->values) bad = DAMAGED;
            else if (number >= first && !tally[number]++) met[different++] = (uint32_t)number;
        } else {
            int64_t begin = column->at[code], end = column->at[code + 1];
            if (begin > end || end > column->flat_size) bad = DAMAGED;
            for (; !bad && begin < end; begin++) {
                value = column->flat[begin];
                if ((int64_t)value >= column->values) bad = DAMAGED;
                else if (value >= first && !tally[value]++) met[different++] = value;
            }
        }
    }
    for (int64_t i = 0; i < different; i++) {
        take(&largest, met[i], tally[met[i]]);
        tally[met[i]] = 0;
    }
    return bad ? bad : largest.above;
}
