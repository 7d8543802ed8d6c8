package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a program on its way, at a server that answers as a container would. */
@Timeout(60)
class UploadShellTest {
    private static final String SUCCESS = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}";
    private static final String FAILURE = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\","
            + "\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"1\"}]}}";
    private static final Program PROGRAM = new Program("x".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
    private static final List<String> COMMAND = List.of("sh", "-c", "wrapper");

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void start_programArrivedWhole_startsTheCommandAndRemovesTheFile() throws Exception {
        UploadShell shell = shell("sha256 " + PROGRAM.sha256(), "");
        shell.start(COMMAND).close();
        shell.close();
        shell.remove();
        assertThat(commands).containsExactly("podcapture-send", "wrapper");
    }

    @Test
    void start_again_sendsAnew() throws Exception {
        try (UploadShell shell = shell("sha256 " + PROGRAM.sha256(), "")) {
            shell.start(COMMAND).close();
            shell.start(COMMAND).close();
            assertThat(commands).containsExactly("podcapture-send", "wrapper", "podcapture-send", "wrapper");
        }
    }

    @Test
    void start_programChangedOnItsWay_startsNothing() throws Exception {
        try (UploadShell shell = shell("sha256 " + "0".repeat(64), "")) {
            CaptureException refusal = refusal(shell);
            assertThat(refusal.reason()).isEqualTo(FailureReason.STREAM_LOST);
            assertThat(refusal).hasMessageContaining("was not started").hasMessageContaining(PROGRAM.sha256());
            assertThat(commands).containsExactly("podcapture-send");
        }
    }

    @Test
    void start_whereNoDigestCanBeHad_readsTheFileBack() throws Exception {
        String whole = new String(PROGRAM.octets(), StandardCharsets.US_ASCII);
        try (UploadShell shell = shell("sha256 ", whole)) {
            shell.start(COMMAND).close();
            assertThat(commands).containsExactly("podcapture-send", "cat", "wrapper");
        }
    }

    @Test
    void start_fileReadBackIsShort_startsNothing() throws Exception {
        try (UploadShell shell = shell("sha256 ", "xxx")) {
            assertThat(refusal(shell).reason()).isEqualTo(FailureReason.STREAM_LOST);
            assertThat(commands).containsExactly("podcapture-send", "cat");
        }
    }

    @Test
    void start_diskFull_isRefusedInTheToolsWords() throws Exception {
        try (UploadShell shell = shell(connection -> {
            connection.frame(2, "head: write error: No space left on device\n".getBytes(StandardCharsets.US_ASCII));
            connection.status(SUCCESS);
            connection.closeFrame(1000);
            // What the client still sends is taken, or the network would throw away what it has not read yet.
            while (!connection.receive().isEmpty()) {}
        })) {
            CaptureException refusal = refusal(shell);
            assertThat(refusal.reason()).isEqualTo(FailureReason.TOOL_MISSING);
            assertThat(refusal).hasMessageContaining("No space left on device").hasMessageContaining("container app");
            assertThat(commands).containsExactly("podcapture-send");
        }
    }

    @Test
    void remove_whereTheScriptDidNotTell_removesTheFileItself() throws Exception {
        UploadShell shell = shell(connection -> {
            take(connection);
            answer(connection, "sha256 " + PROGRAM.sha256());
            connection.receive();
            connection.reset();
        });
        shell.start(COMMAND).close();
        shell.close();
        shell.remove();
        shell.remove();
        assertThat(commands).containsExactly("podcapture-send", "wrapper", "rm");
    }

    @Test
    void remove_scriptThatFailed_removesTheFileItself() throws Exception {
        UploadShell shell = shell(connection -> {
            take(connection);
            answer(connection, "sha256 " + PROGRAM.sha256());
            connection.receive();
            connection.status(FAILURE);
            connection.closeFrame(1000);
        });
        shell.start(COMMAND).close();
        shell.close();
        shell.remove();
        assertThat(commands).containsExactly("podcapture-send", "wrapper", "rm");
    }

    private static CaptureException refusal(UploadShell shell) {
        return catchThrowableOfType(
                CaptureException.class, () -> shell.start(COMMAND).close());
    }

    // The script, and the file as another command finds it.
    private UploadShell shell(String answer, String file) throws IOException {
        return shell(connection -> {
            if (commands.get(commands.size() - 1).equals("cat")) {
                for (int at = 0; at < file.length(); at += 30_000) {
                    String piece = file.substring(at, Math.min(file.length(), at + 30_000));
                    connection.frame(1, piece.getBytes(StandardCharsets.US_ASCII));
                }
            } else {
                take(connection);
                answer(connection, answer);
                connection.receive();
            }
            connection.status(SUCCESS);
            connection.closeFrame(1000);
        });
    }

    private UploadShell shell(FakeExecServer.Script script) throws IOException {
        FakeExecServer server = new FakeExecServer(connection -> {
            if (!connection.isUpgrade()) {
                connection.refuse(
                        200,
                        new KubernetesSerialization().asJson(Pods.running("web").build()));
                return;
            }
            commands.add(command(connection.requestLine()));
            connection.upgrade();
            String command = commands.get(commands.size() - 1);
            if (command.equals("rm") || command.equals("wrapper")) {
                connection.status(SUCCESS);
                connection.closeFrame(1000);
            } else {
                script.run(connection);
            }
        });
        open.add(server);
        KubernetesClient client = Http.JDK.client(server.url());
        open.add(client);
        return new UploadShell(
                new Cluster(client, ""),
                new PodView(Pods.running("web").build()).point("", Optional.empty()),
                new UploadPlace(new PodName("demo", "web"), "app", ContainerProbe.read("arch amd64\n"), "/tmp"),
                PROGRAM,
                new LooseContext());
    }

    private static void take(FakeExecServer.Connection connection) throws IOException {
        for (int taken = 0; taken < PROGRAM.octets().length; ) {
            String frame = connection.receive();
            assertThat(frame.length()).isLessThanOrEqualTo(32 * 1024 + 1);
            taken += frame.length() - 1;
        }
    }

    private static void answer(FakeExecServer.Connection connection, String line) throws IOException {
        connection.frame(1, (line + "\n").getBytes(StandardCharsets.US_ASCII));
        connection.flush();
    }

    // The word that tells the commands apart.
    private static String command(String requestLine) {
        String[] parts = requestLine.split(" ")[1].split("&command=");
        return URLDecoder.decode(
                parts[1].equals("sh") ? parts[parts.length > 4 ? 4 : 3] : parts[1], StandardCharsets.UTF_8);
    }
}
