package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureRequest;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveFailureTest {
    private final LiveFailure failure = new LiveFailure(new CaptureRequest(
            Targets.localMachine(),
            CapturePoint.builder("machine/local", "here").build(),
            "eth9",
            "udp",
            100,
            4096,
            OptionalLong.empty(),
            OptionalLong.empty()));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    -8  | Attempt to create packet socket failed - CAP_NET_RAW may be required | FORBIDDEN | grant the capability NET_RAW
                    -11 | promiscuous mode not permitted                                       | FORBIDDEN | grant the capability NET_RAW
                    -1  | socket: Operation not permitted                                      | FORBIDDEN | grant the capability NET_RAW
                    -1  | (cannot open BPF device) /dev/bpf0: Permission denied                | FORBIDDEN | /dev/bpf
                    -9  | That device is not up                                                | PROCESS_FAILED | ip link set eth9 up
                    -1  | something new                                                        | PROCESS_FAILED | something new
                    """)
    void of_codeAndWords_givesTheReason(int code, String words, FailureReason reason, String advice) {
        assertThat(failure.of(code, words))
                .returns(reason, CaptureException::reason)
                .hasMessageStartingWith("libpcap cannot open interface \"eth9\": " + words)
                .hasMessageContaining(advice);
    }
}
