/* What the compiled inner loops share. They are there where a C compiler was at hand. Each does what the NumPy form beside its
 * call does, to the last bit; the tests hold one to the other. Called by ctypes, without Python headers.
 *
 * Arrays come from files that may be damaged: every number read from one is checked before it is used as an index. A function
 * that meets a wrong one returns DAMAGED, and the caller falls back on NumPy, which tells what is wrong.
 */
#ifndef ONRECORD_KERNEL_H
#define ONRECORD_KERNEL_H

#include <stdint.h>
#include <string.h>

#define DAMAGED (-1)
#define UNFIT (-2)   /* a case that the NumPy form handles: counts above 255 */

/* The first place from `low` on whose number is not below `wanted`; quick where it is near. */
static inline int64_t lower_bound(const uint32_t *list, int64_t low, int64_t n, uint32_t wanted)
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

/* Whether a row comes before another: by score, then by rank, the lower the better. */
static inline int better(float score, uint32_t rank, float other, uint32_t other_rank)
{
    return score > other || (score == other && rank < other_rank);
}

/* Filters. Rows that fail those of one group only are counted apart, for the facet that leaves its own filters aside. */
#define GROUPS 16
enum { CODED, BETWEEN, DAYS, SURE };

typedef struct {
    int64_t kind, group;
    const uint8_t *table;                 /* CODED, BETWEEN: rows of codes side by side; DAYS: uint32, SURE: float by row */
    int64_t stride, offset, width;        /* where in the table the code of a row is */
    const uint8_t *fits;                  /* by code */
    int64_t codes, wanted;                /* how many codes there are; what `fits` must say */
    int64_t low, high;                    /* codes or days, both included */
    double least;
} Condition;

typedef struct {
    const Condition *conditions;
    int64_t n;
    const uint8_t *table;                 /* rows of codes side by side */
    int64_t stride;
    int64_t *tally[GROUPS];               /* of rows that fail this group only: how many have each code in a column; or NULL */
    int64_t offset[GROUPS], width[GROUPS], codes[GROUPS]; /* of that column */
} Sieve;

/* Asks for what is known of a row that will be judged soon. */
static inline void foresee(const Sieve *sieve, int64_t row)
{
    const Condition *one = sieve->conditions;
    if (sieve->n && one->kind <= BETWEEN) __builtin_prefetch(one->table + row * one->stride);
}

/* The code at a place in the table; little-endian, as the files are. */
static inline uint32_t code_at(const uint8_t *at, int64_t width)
{
    uint32_t code = 0;
    if (width == 1) return *at;
    if (width == 2) { uint16_t two; memcpy(&two, at, 2); return two; }
    memcpy(&code, at, 4);
    return code;
}

/* 1 where a row passes every filter, else 0; DAMAGED where its code is none. */
static inline int64_t sift(Sieve *sieve, int64_t row)
{
    int64_t failing = -1;
    for (int64_t i = 0; i < sieve->n; i++) {
        const Condition *one = &sieve->conditions[i];
        int fits;
        if (one->group == failing) continue;
        if (one->kind <= BETWEEN) {
            uint32_t code = code_at(one->table + row * one->stride + one->offset, one->width);
            if (one->kind == BETWEEN) fits = code >= one->low && code <= one->high;
            else if ((int64_t)code >= one->codes) return DAMAGED;
            else fits = one->fits[code] == one->wanted;
        } else if (one->kind == DAYS) {
            uint32_t day = ((const uint32_t *)one->table)[row];
            fits = day >= one->low && day <= one->high;
        } else {
            fits = ((const float *)one->table)[row] >= (float)one->least;
        }
        if (fits) continue;
        if (failing >= 0) return 0;
        failing = one->group;
    }
    if (failing < 0) return 1;
    if (sieve->tally[failing]) {
        uint32_t code = code_at(sieve->table + row * sieve->stride + sieve->offset[failing], sieve->width[failing]);
        if ((int64_t)code >= sieve->codes[failing]) return DAMAGED;
        sieve->tally[failing][code]++;
    }
    return 0;
}

#endif
