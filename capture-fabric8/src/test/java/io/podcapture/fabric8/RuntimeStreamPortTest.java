package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuntimeStreamPortTest {
    private final LooseContext context = new LooseContext();
    private final Deque<PrintedProcess> processes = new ArrayDeque<>();
    private final Deque<List<String>> started = new ArrayDeque<>();

    @Test
    void find_onePortHasAsManyMore_isIt() throws Exception {
        List<PrintedProcess> held = held(sockets(43411, 1) + sockets(10259, 3));
        last(sockets(43411, 4) + sockets(10259, 3));
        assertThat(find()).hasValue(43411);
        assertThat(held).allMatch(PrintedProcess::closed);
        List<String> stays = NodeScripts.sockets(true);
        assertThat(started).containsExactly(stays, stays, stays, NodeScripts.sockets(false));
    }

    @Test
    void find_portHadNoConnectionBefore_isIt() throws Exception {
        held(sockets(43411, 0));
        last(sockets(43411, 3));
        assertThat(find()).hasValue(43411);
    }

    @Test
    void find_otherCommandsStartMeanwhile_isStillIt() throws Exception {
        held(sockets(43411, 1));
        last(sockets(43411, 9));
        assertThat(find()).hasValue(43411);
    }

    @Test
    void find_otherPortLosesOne_isStillIt() throws Exception {
        held(sockets(43411, 1) + sockets(10259, 3));
        last(sockets(43411, 4) + sockets(10259, 2));
        assertThat(find()).hasValue(43411);
    }

    @Test
    void find_anotherPortHasFewerMore_isNotIt() throws Exception {
        held(sockets(43411, 1) + sockets(10259, 3));
        last(sockets(43411, 4) + sockets(10259, 5));
        assertThat(find()).hasValue(43411);
    }

    @Test
    void find_onlyAnotherPortHasSomeMore_isNone() throws Exception {
        held(sockets(10259, 3));
        last(sockets(10259, 5));
        assertThat(find()).isEmpty();
    }

    @Test
    void find_twoPortsHaveAsManyMore_isNone() throws Exception {
        held(sockets(43411, 1) + sockets(10259, 3));
        last(sockets(43411, 4) + sockets(10259, 6));
        assertThat(find()).isEmpty();
    }

    @Test
    void find_lastCommandFails_endsTheHeldOnes() {
        List<PrintedProcess> held = held(sockets(43411, 1));
        processes.add(PrintedProcess.refused(new CaptureException(FailureReason.FORBIDDEN, "no")));
        CaptureException thrown = catchThrowableOfType(CaptureException.class, this::find);
        assertThat(thrown.reason()).isEqualTo(FailureReason.FORBIDDEN);
        assertThat(held).allMatch(PrintedProcess::closed);
    }

    private Optional<Integer> find() throws Exception {
        return new RuntimeStreamPort(
                        (argv, limit) -> {
                            started.add(argv);
                            return processes.remove();
                        },
                        context)
                .find();
    }

    // Nothing behind the last word is read: the commands are still there.
    private List<PrintedProcess> held(String sockets) {
        List<PrintedProcess> held = Stream.generate(() -> PrintedProcess.of(sockets + "end\nmore\n", 0))
                .limit(3)
                .toList();
        processes.addAll(held);
        return held;
    }

    private void last(String sockets) {
        processes.add(PrintedProcess.of(sockets + "end\n", 0));
    }

    private static String sockets(int port, int connections) {
        StringBuilder text = new StringBuilder(line(port, "00000000:0000", "0A"));
        for (int i = 0; i < connections; i++) {
            text.append(line(port, String.format("0100007F:%04X", 50_000 + i), "01"));
        }
        return text.toString();
    }

    private static String line(int port, String remote, String state) {
        return String.format("   0: 0100007F:%04X %s %s 00000000:00000000 00:00000000%n", port, remote, state);
    }
}
