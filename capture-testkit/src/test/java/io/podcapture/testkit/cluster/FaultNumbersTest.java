package io.podcapture.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultNumbersTest {
    private interface Making {
        Object make();
    }

    private record Case(String seen, Making fault) {}

    static Stream<Case> wrong() {
        return Stream.of(
                new Case("-1 octets", () -> new Fault.Reset(-1)),
                new Case("-2 octets", () -> new Fault.Closed(-2, 1000)),
                new Case("code 0", () -> new Fault.Closed(0, 0)),
                new Case("code 5000", () -> new Fault.Closed(0, 5000)),
                new Case("-3 octets", () -> new Fault.Short(-3)),
                new Case("-4 octets", () -> new Fault.Stalled(-4)),
                new Case("-5 octets", () -> new Fault.Flood(-5, 1)),
                new Case("-6 octets", () -> new Fault.Flood(0, -6)),
                new Case("code 200", () -> new Fault.Refused(200, "well")),
                new Case("code -7", () -> new Fault.Refused(-7, "")),
                new Case("0 calls", () -> new ApiFault.Silent(0)),
                new Case("-8 calls", () -> new ApiFault.Silent(-8)),
                new Case("0 calls", () -> new ApiFault.Answered(0, 500, "")),
                new Case("code 600", () -> new ApiFault.Answered(1, 600, "")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void fault_ofAWrongNumber_isRefusedByIt(Case wrong) {
        assertThatThrownBy(wrong.fault()::make)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(wrong.seen());
    }

    @Test
    void fault_beforeTheFirstOctet_isOne() {
        assertThatCode(() -> {
                    new Fault.Reset(0);
                    new Fault.Closed(0, 1000);
                    new Fault.Short(0);
                    new Fault.Stalled(0);
                    new Fault.Flood(0, 0);
                })
                .doesNotThrowAnyException();
    }
}
