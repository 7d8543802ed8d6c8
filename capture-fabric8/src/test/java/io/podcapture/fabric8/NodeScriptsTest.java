package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the scripts in shells of this machine, on its own processes and sockets. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class NodeScriptsTest {
    private final String id =
            (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 64);

    @Test
    void texts_loaded_haveNoCommentsAndAreShort() {
        for (List<String> command : List.of(
                NodeScripts.processes("s1", List.of(id)),
                NodeScripts.enter(1, List.of(id)),
                NodeScripts.sockets("s1", true))) {
            assertThat(command.get(2).lines()).noneMatch(line -> line.startsWith("#") || line.isBlank());
            assertThat(command.get(2)).hasSizeLessThan(2000).matches("[\\n -~]+");
        }
    }

    @Test
    void processes_ids_areArguments() {
        assertThat(NodeScripts.processes("s1", List.of("one", "two")))
                .startsWith("sh", "-c")
                .endsWith("podcapture-look-s1", "one", "two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void processes_idOfNobody_printsNothing(String shell) throws Exception {
        assertThat(LocalShell.output(shell, NodeScripts.processes("s1", List.of(id))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void processes_idsThatLookLikeOptions_areNone(String shell) throws Exception {
        // Each would make grep print something else, or read patterns from a file.
        List<String> ids = List.of("-L", "-V", "--version", "--help", "--", "-f/dev/null", id);
        assertThat(LocalShell.output(shell, NodeScripts.processes("s1", ids))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void processes_wordOfOwnGroup_printsThisProcessWithItsGroups(String shell) throws Exception {
        List<String> own = Files.readAllLines(Path.of("/proc/self/cgroup"));
        assumeThat(own).as("control groups of this process").isNotEmpty();
        String printed = LocalShell.output(shell, NodeScripts.processes("s1", List.of(id, own.get(0))));
        assertThat(printed)
                .containsPattern("(?m)^process " + ProcessHandle.current().pid() + " [RSD] \\d+ \\d+\n\\Q"
                        + String.join("\n", own) + "\\E\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void processes_inGroupsOfTheirOwn_areFoundByTheNearestThatLives(String shell) throws Exception {
        String other = id.replace(id.charAt(0), 'z');
        Path group = group("cri-containerd-" + id + ".scope");
        Path below = group(group, "init.scope");
        Path others = group(group.getParent(), "crio-" + other + ".scope");
        // The first leaves a zombie, since what takes its place never waits.
        Process nearest = in(group, "sleep 0 & exec sleep 300");
        Process deeper = in(below, "exec sleep 300");
        Process foreign = in(others, "exec sleep 300");
        try {
            Awaitility.await("the zombie").until(() -> hasZombie(nearest));
            String printed = LocalShell.output(shell, NodeScripts.processes("s1", List.of(id, other)));
            assertThat(printed).contains("process " + deeper.pid() + " S ");
            assertThat(printed.lines().filter(line -> line.startsWith("process ")))
                    .hasSizeBetween(3, 4);
            assertThat(NodeProcesses.parse(printed, Set.of(id, other)))
                    .containsOnly(entry(id, (int) nearest.pid()), entry(other, (int) foreign.pid()));
        } finally {
            for (Process process : List.of(nearest, deeper, foreign)) {
                process.destroyForcibly().waitFor();
            }
            for (Path made : List.of(below, group, others)) {
                Awaitility.await("removal of " + made)
                        .ignoreExceptions()
                        .until(() -> Files.deleteIfExists(made) || Files.notExists(made));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void processes_firstOfANamespace_isToldFromOthers(String shell) throws Exception {
        assumeThat(canUnshare()).as("a namespace of our own").isTrue();
        String own = Files.readAllLines(Path.of("/proc/self/cgroup")).get(0);
        Process outer =
                new ProcessBuilder("unshare", "--pid", "--fork", "sh", "-c", "sleep 300 & exec sleep 300").start();
        try {
            Awaitility.await("the namespace").until(() -> outer.descendants().count() == 2);
            long first = outer.children().findFirst().orElseThrow().pid();
            String printed = LocalShell.output(shell, NodeScripts.processes("s1", List.of(own)));
            long namespaces = Files.readString(Path.of("/proc/self/status"))
                    .lines()
                    .filter(line -> line.startsWith("NSpid:"))
                    .flatMap(line -> Stream.of(line.split("\t")).skip(1))
                    .count();
            assertThat(printed).contains("process " + first + " S " + (namespaces + 1) + " 1\n");
        } finally {
            outer.descendants().forEach(ProcessHandle::destroyForcibly);
            outer.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void enter_processOfAnother_runsNothing(String shell) throws Exception {
        Process entered = LocalShell.start(shell, entering(List.of(id, id + "0")));
        assertThat(entered.inputReader().lines()).isEmpty();
        assertThat(entered.errorReader().lines()).singleElement().asString().contains("no longer one of the pod");
        assertThat(entered.waitFor()).isEqualTo(69);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void enter_processThatIsGone_runsNothing(String shell) throws Exception {
        List<String> command = new ArrayList<>(NodeScripts.enter(999_999_999, List.of(id)));
        command.addAll(List.of("echo", "ran"));
        Process entered = LocalShell.start(shell, command);
        assertThat(entered.inputReader().lines()).isEmpty();
        assertThat(entered.errorReader().lines()).singleElement().asString().contains("/proc/999999999/ns/net");
        assertThat(entered.waitFor()).isEqualTo(69);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void enter_processOfOneOfTheContainers_runsThereWithItsArguments(String shell) throws Exception {
        assumeThat(canUnshare()).as("a namespace of our own").isTrue();
        String own = Files.readAllLines(Path.of("/proc/self/cgroup")).get(0);
        assertThat(LocalShell.output(shell, entering(List.of(id, own)))).isEqualTo("a b|c\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void enter_processWithANetworkOfItsOwn_runsInThat(String shell) throws Exception {
        assumeThat(canUnshare()).as("a namespace of our own").isTrue();
        String own = Files.readAllLines(Path.of("/proc/self/cgroup")).get(0);
        Process child = new ProcessBuilder("unshare", "--net", "sleep", "300").start();
        try {
            Path network = Path.of("/proc/" + child.pid() + "/ns/net");
            Path ours = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
            Awaitility.await("the namespace")
                    .until(() -> !Files.readSymbolicLink(network).equals(ours));
            List<String> command = new ArrayList<>(NodeScripts.enter((int) child.pid(), List.of(own)));
            command.addAll(List.of("readlink", "/proc/self/ns/net"));
            assertThat(LocalShell.output(shell, command)).isEqualTo(Files.readSymbolicLink(network) + "\n");
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static List<String> entering(List<String> ids) {
        List<String> command =
                new ArrayList<>(NodeScripts.enter((int) ProcessHandle.current().pid(), ids));
        command.addAll(List.of("printf", "%s|%s\n", "a b", "c"));
        return command;
    }

    private static boolean canUnshare() throws Exception {
        return new ProcessBuilder("unshare", "--pid", "--net", "--fork", "true")
                        .start()
                        .waitFor()
                == 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void sockets_connectionsToAServer_areCounted(String shell) throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 5, loopback)) {
            int port = server.getLocalPort();
            assertThat(connections(shell)).doesNotContainKey(port);
            try (Socket first = new Socket(loopback, port)) {
                assertThat(first.isConnected()).isTrue();
                awaitConnections(shell, port, 1);
                try (Socket second = new Socket(loopback, port)) {
                    assertThat(second.isConnected()).isTrue();
                    awaitConnections(shell, port, 2);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void sockets_withoutCat_areListedAllTheSame(String shell) throws Exception {
        ProcessBuilder builder = LocalShell.builder(shell, NodeScripts.sockets("s1", false));
        builder.environment().put("PATH", "/nonexistent");
        Process listed = builder.start();
        listed.getOutputStream().close();
        assertThat(listed.inputReader().lines())
                .endsWith("end")
                .filteredOn(line -> line.contains("local_address"))
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(listed.errorReader().lines()).isEmpty();
    }

    /** Not at the first look: the kernel's list leaves some out while others of the machine end. */
    private static void awaitConnections(String shell, int port, int count) {
        Awaitility.await("connections")
                .untilAsserted(() -> assertThat(connections(shell)).containsEntry(port, count));
    }

    private static Map<Integer, Integer> connections(String shell) throws Exception {
        String printed = LocalShell.output(shell, NodeScripts.sockets("s1", false));
        assertThat(printed).endsWith("end\n");
        return LoopbackSockets.connections(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void sockets_held_livesUntilALineComes(String shell) throws Exception {
        Process held = held(shell);
        assertThat(held.waitFor(300, TimeUnit.MILLISECONDS))
                .as("ended by itself")
                .isFalse();
        held.getOutputStream().write('\n');
        held.getOutputStream().flush();
        assertThat(held.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(held.exitValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void sockets_held_livesUntilItsInputEnds(String shell) throws Exception {
        Process held = held(shell);
        assertThat(held.waitFor(300, TimeUnit.MILLISECONDS))
                .as("ended by itself")
                .isFalse();
        held.getOutputStream().close();
        assertThat(held.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(held.exitValue()).isZero();
    }

    private static Process held(String shell) throws IOException {
        Process held = LocalShell.start(shell, NodeScripts.sockets("s1", true));
        BufferedReader lines = held.inputReader();
        String line = lines.readLine();
        while (line != null && !line.equals("end")) {
            line = lines.readLine();
        }
        assertThat(line).isEqualTo("end");
        return held;
    }

    /** Makes a control group, where this machine lets us. */
    private static Path group(String name) {
        List<Path> made = Stream.of("pids", "unified", "")
                .map(Path.of("/sys/fs/cgroup")::resolve)
                .filter(hierarchy -> Files.exists(hierarchy.resolve("cgroup.procs")))
                .limit(1)
                .flatMap(hierarchy -> {
                    try {
                        return Stream.of(group(hierarchy, name));
                    } catch (IOException notAllowed) {
                        return Stream.empty();
                    }
                })
                .toList();
        assumeThat(made).as("control groups that we may make").isNotEmpty();
        return made.get(0);
    }

    private static Path group(Path parent, String name) throws IOException {
        return Files.createDirectory(parent.resolve(name));
    }

    private static Process in(Path group, String script) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", "echo $$ >\"$0\" && " + script, group + "/cgroup.procs")
                .redirectErrorStream(true)
                .start();
        Awaitility.await(script)
                .until(() -> process.info()
                        .command()
                        .map(command -> command.endsWith("sleep"))
                        .orElse(false));
        return process;
    }

    private static boolean hasZombie(Process parent) throws IOException {
        String children = Files.readString(Path.of("/proc/" + parent.pid() + "/task/" + parent.pid() + "/children"));
        return Files.readString(Path.of("/proc/" + children.strip() + "/stat")).contains(") Z ");
    }
}
