package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberTablesTest {
    private final MemberTables tables = new MemberTables();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 100, 1_000, 100_000})
    void of_members_findsThemAndNoOther(int count) {
        Random random = new Random(count);
        Set<Integer> members = new HashSet<>();
        while (members.size() < count) {
            int number = random.nextBoolean() ? random.nextInt() : 0x0a00_0001 + random.nextInt(2 * count);
            if (number != 0) {
                members.add(number);
            }
        }
        tables.of(List.of(5, 6, 7));
        MemberTable table = tables.of(new ArrayList<>(members)).orElseThrow();

        assertThat(members).allMatch(number -> contains(table, number));
        assertThat(contains(table, 0)).isFalse();
        for (int i = 0; i < 10_000; i++) {
            int number = random.nextInt();
            assertThat(contains(table, number)).isEqualTo(members.contains(number));
        }
    }

    @Test
    void of_zeroAsMember_findsIt() {
        MemberTable table = tables.of(List.of(3, 0, 9)).orElseThrow();

        assertThat(contains(table, 0)).isTrue();
        assertThat(contains(table, 4)).isFalse();
    }

    @Test
    void of_sameMembers_isTheSameTable() {
        MemberTable first = tables.of(List.of(1, 2, 3)).orElseThrow();
        int length = tables.numbers().length;

        assertThat(tables.of(List.of(1, 2, 3))).containsSame(first);
        assertThat(tables.numbers()).hasSize(length);
    }

    @Test
    void of_membersThatWantTheSamePlaces_isEmpty() {
        assertThat(tables.of(List.of(7, 7, 7))).isEmpty();
    }

    private boolean contains(MemberTable table, int number) {
        return tables.numbers()[table.place(number)] == number || tables.numbers()[table.otherPlace(number)] == number;
    }
}
