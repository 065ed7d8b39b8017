/* Filters: which rows pass, and what of those that one field's filters alone keep out. */
#include "kernel_sieve.h"

static inline int64_t coded(const Condition *one, const int64_t *rows, int64_t n, int64_t width, uint64_t *fit)
{
    const uint8_t *column = one->table + one->offset;
    uint64_t bits = 0;
    for (int64_t i = 0; i < n; i++) {
        int64_t code = code_at(column + rows[i] * one->stride, width);
        if (code >= one->codes) return DAMAGED;
        bits |= (uint64_t)(one->fits[code] == one->wanted) << i;
    }
    *fit = bits;
    return 0;
}

static inline int64_t between(const Condition *one, const int64_t *rows, int64_t n, int64_t width, uint64_t *fit)
{
    const uint8_t *column = one->table + one->offset;
    uint64_t bits = 0;
    for (int64_t i = 0; i < n; i++) {
        int64_t code = code_at(column + rows[i] * one->stride, width);
        bits |= (uint64_t)(code >= one->low && code <= one->high) << i;
    }
    *fit = bits;
    return 0;
}

/* Which rows fulfil one condition. */
static int64_t fitting(const Condition *one, const int64_t *rows, int64_t n, uint64_t *fit)
{
    uint64_t bits = 0;
    switch (one->kind) {
    case CODED:
        return one->width == 1 ? coded(one, rows, n, 1, fit) : one->width == 2 ? coded(one, rows, n, 2, fit) : coded(one, rows, n, 4, fit);
    case BETWEEN:
        return one->width == 1   ? between(one, rows, n, 1, fit)
               : one->width == 2 ? between(one, rows, n, 2, fit)
                                 : between(one, rows, n, 4, fit);
    case DAYS:
        for (int64_t i = 0; i < n; i++) {
            int64_t day = ((const uint32_t *)one->table)[rows[i]];
            bits |= (uint64_t)(day >= one->low && day <= one->high) << i;
        }
        break;
    default:
        for (int64_t i = 0; i < n; i++) bits |= (uint64_t)(((const float *)one->table)[rows[i]] >= (float)one->least) << i;
    }
    *fit = bits;
    return 0;
}

/* Counts the codes of some rows, a bit for each, in the column of a group. */
static inline int64_t tell_apart(const Sieve *sieve, int64_t group, const int64_t *rows, uint64_t chosen, int64_t width)
{
    const uint8_t *column = sieve->table + sieve->offset[group];
    int64_t *tally = sieve->tally[group], codes = sieve->codes[group];
    for (; chosen; chosen &= chosen - 1) {
        int64_t code = code_at(column + rows[__builtin_ctzll(chosen)] * sieve->stride, width);
        if (code >= codes) return DAMAGED;
        tally[code]++;
    }
    return 0;
}

int64_t onrecord_sift64(const Sieve *sieve, const int64_t *rows, int64_t n, uint64_t *passed)
{
    uint64_t all = n == 64 ? ~(uint64_t)0 : ((uint64_t)1 << n) - 1, fits[GROUPS];
    for (int64_t g = 0; g < sieve->groups; g++) fits[g] = all;
    for (int64_t i = 0; i < sieve->n; i++) {
        uint64_t fit;
        int64_t bad = fitting(&sieve->conditions[i], rows, n, &fit);
        if (bad) return bad;
        fits[sieve->conditions[i].group] &= fit;
    }
    *passed = all;
    for (int64_t g = 0; g < sieve->groups; g++) *passed &= fits[g];
    for (int64_t g = 0; g < sieve->groups; g++) {
        uint64_t only = all & ~fits[g];
        int64_t width = sieve->width[g], bad;
        if (!sieve->tally[g] || !only) continue;
        for (int64_t other = 0; other < sieve->groups; other++)
            if (other != g) only &= fits[other];
        bad = width == 1 ? tell_apart(sieve, g, rows, only, 1) : width == 2 ? tell_apart(sieve, g, rows, only, 2) : tell_apart(sieve, g, rows, only, 4);
        if (bad) return bad;
    }
    return 0;
}

/* Those of some rows that pass every filter; returns how many. */
int64_t onrecord_sift(const Sieve *sieve, int64_t all_rows, const int64_t *rows, int64_t n, int64_t *out)
{
    int64_t found = 0;
    for (int64_t begin = 0; begin < n; begin += 64) {
        int64_t many = n - begin < 64 ? n - begin : 64;
        uint64_t passed;
        for (int64_t i = 0; i < many; i++)
            if (rows[begin + i] < 0 || rows[begin + i] >= all_rows) return DAMAGED;
        for (int64_t i = begin + many; i < n && i < begin + many + 64; i++)
            if (rows[i] >= 0 && rows[i] < all_rows) foresee(sieve, rows[i]);
        int64_t bad = onrecord_sift64(sieve, rows + begin, many, &passed);
        if (bad) return bad;
        for (; passed; passed &= passed - 1) out[found++] = rows[begin + __builtin_ctzll(passed)];
    }
    return found;
}
