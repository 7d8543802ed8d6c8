package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticTcpdumpTest {
    private static final String AMD64 = "7f454c46020101000000000000000000" + "02003e00";
    private static final String ARM64 = "7f454c46020101000000000000000000" + "0200b700";

    private static final String SCRIPT = "23212f62696e2f73680a6563686f207468697320697320746578740a";

    @ParameterizedTest
    @CsvSource({"amd64, " + AMD64, "arm64, " + ARM64, "riscv64, " + ARM64})
    void program_forItsArchitecture_isReadOnce(String architecture, String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        AtomicInteger opened = new AtomicInteger();
        StaticTcpdump tcpdump = new StaticTcpdump(architecture, "x", () -> {
            opened.incrementAndGet();
            return new ByteArrayInputStream(octets);
        });
        assertThat(opened).hasValue(0);
        assertThat(tcpdump.program().octets()).isEqualTo(octets);
        assertThat(tcpdump.program()).isSameAs(tcpdump.program());
        assertThat(opened).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"amd64, " + ARM64, "arm64, " + AMD64, "amd64, " + SCRIPT, "riscv64, " + SCRIPT})
    void program_forAnother_isRefused(String architecture, String hex) {
        CaptureException refusal = refusal(architecture, HexFormat.of().parseHex(hex));
        assertThat(refusal.reason()).isEqualTo(FailureReason.TOOL_MISSING);
        assertThat(refusal).hasMessage("file.bin is no Linux program for " + architecture);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 19})
    void program_cutShort_isRefused(int length) {
        assertThat(refusal("amd64", Arrays.copyOf(HexFormat.of().parseHex(AMD64), length))
                        .reason())
                .isEqualTo(FailureReason.TOOL_MISSING);
    }

    @Test
    void program_thatCannotBeRead_isNamed() {
        StaticTcpdump tcpdump = new StaticTcpdump("amd64", "/no/such/tcpdump", () -> {
            throw new FileNotFoundException("gone");
        });
        CaptureException refusal = catchThrowableOfType(CaptureException.class, tcpdump::program);
        assertThat(refusal.reason()).isEqualTo(FailureReason.TOOL_MISSING);
        assertThat(refusal).hasMessageContaining("/no/such/tcpdump").hasMessageContaining("gone");
    }

    @Test
    void sha256_ofKnownOctets_isTheKnownOne() {
        assertThat(new Program(new byte[] {'a', 'b', 'c'}).sha256())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    private static CaptureException refusal(String architecture, byte[] octets) {
        StaticTcpdump tcpdump = new StaticTcpdump(architecture, "file.bin", () -> new ByteArrayInputStream(octets));
        return catchThrowableOfType(CaptureException.class, tcpdump::program);
    }
}
