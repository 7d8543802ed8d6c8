package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeProcessesTest {
    private static final String WEB = "a".repeat(64);
    private static final String PROXY = "b".repeat(64);

    @Test
    void parse_severalContainers_findsOneOfEach() {
        String printed = process(10, "S", WEB) + process(20, "S", PROXY) + process(30, "R", WEB);
        assertThat(NodeProcesses.parse(printed, Set.of(WEB, PROXY))).containsOnly(entry(WEB, 10), entry(PROXY, 20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Z", "X", "gone"})
    void parse_deadProcess_isPassedOver(String state) {
        assertThat(NodeProcesses.parse(process(10, state, WEB) + process(20, "S", WEB), Set.of(WEB)))
                .containsOnly(entry(WEB, 20));
        assertThat(NodeProcesses.parse(process(10, state, WEB), Set.of(WEB))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"R", "S", "D", "T", "t", "I"})
    void parse_livingProcess_isFound(String state) {
        assertThat(NodeProcesses.parse(process(10, state, WEB), Set.of(WEB))).containsOnly(entry(WEB, 10));
    }

    @Test
    void parse_severalDepths_findsTheNearest() {
        String printed = process(10, "S", WEB + "/docker/" + PROXY)
                + process(20, "S", WEB + "/init.scope")
                + process(30, "S", WEB + "/system.slice/x.service");
        assertThat(NodeProcesses.parse(printed, Set.of(WEB))).containsOnly(entry(WEB, 20));
    }

    @Test
    void parse_nearestIsDead_findsTheNextNearest() {
        String printed = process(10, "S", WEB + "/a/b") + process(20, "Z", WEB) + process(30, "S", WEB + "/a");
        assertThat(NodeProcesses.parse(printed, Set.of(WEB))).containsOnly(entry(WEB, 30));
    }

    @Test
    void parse_processWithoutGroups_isNobodys() {
        assertThat(NodeProcesses.parse("process 10 gone 0 0\nprocess 11 S 2 1\n" + process(12, "S", WEB), Set.of(WEB)))
                .containsOnly(entry(WEB, 12));
    }

    @Test
    void parse_garbage_isIgnored() {
        String printed =
                "0::/kubepods/pod1/" + WEB + "\nsh: warning\nprocess\nprocess x S 2 1\nprocess 99999999999 S 2 1\n"
                        + "process -1 S 2 1\nprocess 9 S 1\n" + process(10, "S", WEB) + "process 11 S 2 1 extra\n\n";
        assertThat(NodeProcesses.parse(printed, Set.of(WEB))).containsOnly(entry(WEB, 10));
    }

    @Test
    void parse_nothing_isNothing() {
        assertThat(NodeProcesses.parse("", Set.of(WEB))).isEmpty();
        assertThat(NodeProcesses.parse(process(10, "S", WEB), Set.of())).isEmpty();
    }

    @Test
    void parse_severalAtOneDepth_findsTheFirstOfItsNamespace() {
        String printed = process(10, "S", 7, WEB) + process(20, "S", 1, WEB) + process(30, "S", 12, WEB);
        assertThat(NodeProcesses.parse(printed, Set.of(WEB))).containsOnly(entry(WEB, 20));
    }

    @Test
    void parse_firstOfASandboxWithin_isPassedOver() {
        String printed = process(10, "S", 3, 1, WEB) + process(20, "S", 2, 7, WEB) + process(30, "S", 2, 9, WEB);
        assertThat(NodeProcesses.parse(printed, Set.of(WEB))).containsOnly(entry(WEB, 20));
        assertThat(NodeProcesses.parse(process(10, "S", 3, 1, WEB), Set.of(WEB)))
                .containsOnly(entry(WEB, 10));
    }

    private static String process(int pid, String state, String below) {
        return process(pid, state, 1, below);
    }

    private static String process(int pid, String state, int inner, String below) {
        return process(pid, state, 2, inner, below);
    }

    private static String process(int pid, String state, int namespaces, int inner, String below) {
        return "process " + pid + " " + state + " " + namespaces + " " + inner + "\n12:memory:/kubepods/pod1/" + below
                + "\n0::/kubepods/pod1/" + below + "\n";
    }
}
