package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.RemoteProcess;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeStreamPortTest {
    private final LooseContext context = new LooseContext();
    private final Deque<RemoteProcess> processes = new ArrayDeque<>();
    private final Deque<List<String>> started = new ArrayDeque<>();
    private final RuntimeStreamPort port = new RuntimeStreamPort();

    @Test
    void find_onePortHasAsManyMore_isIt() throws Exception {
        List<PrintedProcess> held = held(sockets(43411, 1) + sockets(10259, 3));
        last(sockets(43411, 4) + sockets(10259, 3));
        assertThat(find()).hasValue(43411);
        assertThat(held).allMatch(PrintedProcess::closed);
        List<String> stays = NodeScripts.sockets("test", true);
        assertThat(started).containsExactly(stays, stays, stays, NodeScripts.sockets("test", false));
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

    @Test
    void find_commandsRefusedToOne_looksAgainForTheNext() throws Exception {
        held(sockets(43411, 1));
        processes.add(PrintedProcess.refused(new CaptureException(FailureReason.TOOL_MISSING, "no sh")));
        assertThat(catchThrowableOfType(CaptureException.class, this::find)).isNotNull();
        held(sockets(43411, 1));
        last(sockets(43411, 4));
        assertThat(find()).hasValue(43411);
    }

    @Test
    void find_secondCapture_startsNoCommands() throws Exception {
        held(sockets(43411, 1));
        last(sockets(43411, 4));
        assertThat(find()).hasValue(43411);
        assertThat(find()).hasValue(43411);
        assertThat(started).hasSize(4);
    }

    @Test
    void find_noneForOne_isNoneForAll() throws Exception {
        held(sockets(43411, 1));
        last(sockets(43411, 1));
        assertThat(find()).isEmpty();
        assertThat(find()).isEmpty();
        assertThat(started).hasSize(4);
    }

    @Test
    void find_heldCommandEndsEarly_isNoAnswer() throws Exception {
        PrintedProcess cut = PrintedProcess.of(sockets(43411, 1), 137);
        processes.add(cut);
        assertThat(find()).isEmpty();
        assertThat(cut.closed()).isTrue();
        assertThat(context.diagnostics).singleElement().asString().contains("before it had told all");
        held(sockets(43411, 1));
        last(sockets(43411, 4));
        assertThat(find()).hasValue(43411);
    }

    @Test
    void find_lastCommandEndsEarly_isNoAnswer() throws Exception {
        held(sockets(43411, 1) + sockets(10259, 1));
        // Had it told all, two ports would have as many more.
        processes.add(PrintedProcess.of(sockets(43411, 4), 137));
        assertThat(find()).isEmpty();
        assertThat(context.diagnostics).singleElement().asString().contains("before it had told all");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void find_commandThatNeverTells_isGivenUpForAll(int before) throws Exception {
        List<PrintedProcess> held = held(sockets(43411, 1));
        processes.clear();
        processes.addAll(held.subList(0, before));
        processes.add(SendingProcess.of(new byte[0], 0));
        RuntimeStreamPort impatient = new RuntimeStreamPort(Duration.ofMillis(100));
        assertThat(find(impatient)).isEmpty();
        assertThat(find(impatient)).isEmpty();
        assertThat(started).hasSize(before + 1);
        assertThat(context.diagnostics).singleElement().asString().contains("not be read in time");
    }

    private Optional<Integer> find() throws Exception {
        return find(port);
    }

    private Optional<Integer> find(RuntimeStreamPort port) throws Exception {
        return port.find(
                (argv, limit) -> {
                    started.add(argv);
                    return processes.remove();
                },
                context);
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
