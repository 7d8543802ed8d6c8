package io.podcapture.pcap.filter;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sets of numbers in one array, such that membership is two looks however large the set is. That is cuckoo hashing (R. Pagh
 * and F. Rodler, 2001) with the multipliers in a fixed order, so that the same program gives the same tables.
 */
final class MemberTables {
    private static final int MOST_TRIES = 64;
    private static final int TRIES_OF_A_SIZE = 8;
    private static final int MOST_MOVES = 200;

    private final Map<List<Integer>, Optional<MemberTable>> known = new HashMap<>();
    private int[] numbers = {};
    private int multiplier = 0x9e3779b1;

    /** {@return the array, which is complete when no further table is asked for} */
    int[] numbers() {
        return numbers;
    }

    /** {@return where the members are found, or empty if they are so chosen that they all want the same places} */
    Optional<MemberTable> of(List<Integer> members) {
        Optional<MemberTable> table = known.get(members);
        if (table == null) {
            table = make(members);
            known.put(members, table);
        }
        return table;
    }

    private Optional<MemberTable> make(List<Integer> members) {
        int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(members.size() + members.size() / 8));
        for (int i = 1; i <= MOST_TRIES && bits < 24; i++) {
            MemberTable table = new MemberTable(numbers.length, bits, nextMultiplier(), nextMultiplier());
            int[] grown = Arrays.copyOf(numbers, numbers.length + (2 << bits));
            if (fill(table, members, grown)) {
                numbers = grown;
                return Optional.of(table);
            }
            bits += i % TRIES_OF_A_SIZE == 0 ? 1 : 0;
        }
        return Optional.empty();
    }

    private static boolean fill(MemberTable table, List<Integer> members, int[] places) {
        boolean[] taken = new boolean[places.length - table.first()];
        for (int member : members) {
            if (!insert(table, member, places, taken)) {
                return false;
            }
        }
        for (int i = 0; i < taken.length; i++) {
            if (!taken[i]) {
                places[table.first() + i] = members.get(0);
            }
        }
        return true;
    }

    private static boolean insert(MemberTable table, int member, int[] places, boolean[] taken) {
        int number = member;
        int place = table.place(number);
        for (int moves = 0; moves < MOST_MOVES; moves++) {
            if (!taken[place - table.first()]) {
                taken[place - table.first()] = true;
                places[place] = number;
                return true;
            }
            int displaced = places[place];
            places[place] = number;
            number = displaced;
            place = place < table.second() ? table.otherPlace(number) : table.place(number);
        }
        return false;
    }

    /** An odd one, from the sequence of G. Marsaglia's xorshift of 32 bits. */
    private int nextMultiplier() {
        multiplier ^= multiplier << 13;
        multiplier ^= multiplier >>> 17;
        multiplier ^= multiplier << 5;
        return multiplier | 1;
    }
}
