package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ExecStreamTest {
    private static final String SUCCESS = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}";

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @ParameterizedTest
    @CsvSource({"VERTX_5,32767", "JDK,32767", "VERTX_5,200", "JDK,200"})
    void stdout_inFramesOfAnySize_isExact(Http http, int frameSize) throws Exception {
        byte[] sent = random(8_000_000);
        ExecStream stream = exec(http, connection -> {
            send(connection, sent, frameSize);
            end(connection, SUCCESS);
        });

        assertThat(stream.stdout().readAllBytes()).isEqualTo(sent);
        assertThat(status(stream)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void stdout_unread_holdsServerUp(Http http) throws Exception {
        FakeExecServer server = server(connection -> {
            connection.upgrade();
            // Small frames that are read at once must not earn the client more credit than one frame.
            for (int i = 0; i < 4000; i++) {
                connection.frame(1, new byte[200]);
                connection.flush();
            }
            assertThat(connection.receive()).isEqualTo("\0read\n");
            send(connection, new byte[96_000_000], 32_767);
            end(connection, SUCCESS);
        });
        ExecStream stream = exec(http, server);

        stream.stdout().readNBytes(4000 * 200);
        stream.send("read");
        Awaitility.await("the stream is full").atMost(30, TimeUnit.SECONDS).until(() -> !stream.receiving());
        assertThatThrownBy(() -> server.done().get(2, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);

        assertThat(stream.stdout().readAllBytes()).hasSize(96_000_000);
        assertThat(status(stream)).isZero();
        assertThat(stream.receiving()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void outputs_interleaved_areKeptApart(Http http) throws Exception {
        byte[] packets = random(2_000_000);
        byte[] words = random(300_000);
        ExecStream stream = exec(http, connection -> {
            for (int i = 0; i < 1000; i++) {
                connection.frame(1, Arrays.copyOfRange(packets, i * 2000, (i + 1) * 2000));
                connection.frame(2, Arrays.copyOfRange(words, i * 300, (i + 1) * 300));
            }
            end(connection, SUCCESS);
        });

        CompletableFuture<byte[]> stderr = CompletableFuture.supplyAsync(() -> readAll(stream.stderr()));
        assertThat(stream.stdout().readAllBytes()).isEqualTo(packets);
        assertThat(stderr.get(30, TimeUnit.SECONDS)).isEqualTo(words);
    }

    @ParameterizedTest
    @EnumSource
    void stdout_closedByReader_doesNotHoldStderrUp(Http http) throws Exception {
        ExecStream stream = exec(http, connection -> {
            send(connection, new byte[16_000_000], 32_767);
            connection.frame(2, "the end\n".getBytes(StandardCharsets.UTF_8));
            end(connection, SUCCESS);
        });

        stream.stdout().close();
        assertThat(stream.stderr().readAllBytes()).asString().isEqualTo("the end\n");
    }

    @ParameterizedTest
    @EnumSource
    void exitStatus_ofFailedProcess_isItsCode(Http http) throws Exception {
        ExecStream stream = exec(
                http,
                connection -> end(
                        connection,
                        "{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\",\"message\":\"command terminated with exit code 7\","
                                + "\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"7\"}]}}"));

        assertThat(status(stream)).isEqualTo(7);
        assertThat(stream.stdout().read()).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void exitStatus_closedWithoutOne_fails(Http http) throws Exception {
        ExecStream stream = exec(http, connection -> {
            connection.frame(1, new byte[] {1, 2, 3});
            connection.closeFrame(1000);
        });

        assertThat(stream.stdout().readAllBytes()).containsExactly(1, 2, 3);
        assertThat(catchThrowable(() -> status(stream)))
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("without an exit status");
    }

    @ParameterizedTest
    @EnumSource
    void read_closedWithErrorCode_fails(Http http) throws Exception {
        ExecStream stream = exec(http, connection -> connection.closeFrame(1011));

        assertThatThrownBy(() -> stream.stdout().read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1011");
    }

    // The JDK's client tells nobody of an end that arrives while no frame is asked for; docs/not-bugs.md.
    @ParameterizedTest
    @EnumSource(names = "VERTX_5")
    void read_connectionEndedWithoutCloseFrame_failsAfterData(Http http) throws Exception {
        byte[] sent = random(100_000);
        ExecStream stream = exec(http, connection -> {
            send(connection, sent, 1000);
            assertThat(connection.receive()).isEqualTo("\0got it\n");
        });

        assertThat(stream.stdout().readNBytes(sent.length)).isEqualTo(sent);
        stream.send("got it");
        assertThatThrownBy(() -> stream.stdout().read()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> status(stream)).hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> stream.send("stop")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void read_connectionReset_fails(Http http) throws Exception {
        ExecStream stream = exec(http, FakeExecServer.Connection::reset);

        assertThatThrownBy(() -> stream.stdout().readAllBytes()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> stream.stderr().readAllBytes()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> status(stream)).hasCauseInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void stdout_serverDropsUnreadAtTheEnd_isWholeWhenAcknowledgedLast(Http http) throws Exception {
        byte[] sent = random(6_000_000);
        ExecStream stream = exec(http, connection -> {
            send(connection, sent, 32_767);
            assertThat(connection.receive()).isEqualTo("\0ack\n");
            connection.reset();
        });

        byte[] received = stream.stdout().readNBytes(sent.length);
        stream.send("ack");
        assertThat(received).isEqualTo(sent);
    }

    @ParameterizedTest
    @EnumSource
    void send_whileTheServerReadsNothing_waitsAndKeepsTheOrder(Http http) throws Exception {
        String padding = " ".repeat(50_000);
        CompletableFuture<Void> released = new CompletableFuture<>();
        List<String> numbers = new ArrayList<>();
        FakeExecServer server = server(connection -> {
            connection.upgrade();
            released.join();
            for (int i = 0; i < 400; i++) {
                numbers.add(connection.receive().strip());
            }
            end(connection, SUCCESS);
        });
        ExecStream stream = exec(http, server);
        FutureTask<Boolean> sending = new FutureTask<>(() -> {
            for (int i = 0; i < 400; i++) {
                stream.send(i + padding);
            }
            return true;
        });
        Thread sender = new Thread(sending);
        sender.start();

        Awaitility.await().until(() -> sending.isDone() || sender.getState() == Thread.State.TIMED_WAITING);
        released.complete(null);
        assertThat(sending.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(status(stream)).isZero();
        assertThat(numbers).hasSize(400);
        for (int i = 0; i < 400; i++) {
            assertThat(numbers.get(i)).isEqualTo("\0" + i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void close_whileServerSends_endsReadersAndConnection(Http http) throws Exception {
        FakeExecServer server = server(connection -> {
            connection.upgrade();
            send(connection, new byte[40_000_000], 32_767);
            assertThat(connection.receive()).isEmpty();
            connection.closeFrame(1000);
        });
        ExecStream stream = exec(http, server);

        stream.close();
        stream.close();
        assertThatThrownBy(() -> stream.stdout().read()).hasMessageContaining("closed on this side");
        assertThatThrownBy(() -> status(stream)).hasCauseInstanceOf(IOException.class);
        server.done().get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"VERTX_5,400", "JDK,400", "VERTX_5,403", "JDK,403"})
    void start_serverWithoutV5_usesV4(Http http, int code) throws Exception {
        FakeExecServer server = server(connection -> {
            if (connection.protocol().startsWith("v5")) {
                connection.refuse(code, "");
            } else {
                connection.upgrade();
                end(connection, SUCCESS);
            }
        });

        assertThat(status(exec(http, server))).isZero();
        assertThat(server.protocols()).containsExactly("v5.channel.k8s.io", "v4.channel.k8s.io");
    }

    @ParameterizedTest
    @EnumSource
    void start_forbidden_namesRightsInServersWords(Http http) throws Exception {
        FakeExecServer server = server(
                connection -> connection.refuse(403, status("User \\\"eve\\\" cannot get resource \\\"pods/exec\\\"")));

        assertThat(catchThrowableOfType(CaptureException.class, () -> exec(http, server)))
                .returns(FailureReason.FORBIDDEN, CaptureException::reason)
                .hasMessageContaining("User \"eve\" cannot get resource \"pods/exec\"")
                .hasMessageContaining("get and create on pods/exec in namespace demo");
    }

    @ParameterizedTest
    @EnumSource
    void start_forbiddenByNoRule_namesNoRight(Http http) throws Exception {
        FakeExecServer server = server(connection -> connection.refuse(403, status("not before noon")));

        assertThat(catchThrowableOfType(CaptureException.class, () -> exec(http, server)))
                .returns(FailureReason.POLICY_DENIED, CaptureException::reason)
                .hasMessageContaining("refused, by no access rule: not before noon")
                .hasMessageNotContaining("needed is");
    }

    @ParameterizedTest
    @EnumSource
    void start_onlyUpgradeForbidden_namesCreate(Http http) throws Exception {
        FakeExecServer server = server(connection ->
                connection.refuse(connection.isUpgrade() ? 403 : 400, status("Upgrade request required")));

        assertThat(catchThrowableOfType(CaptureException.class, () -> exec(http, server)))
                .returns(FailureReason.FORBIDDEN, CaptureException::reason)
                .hasMessageContaining("needed is create on pods/exec");
    }

    @ParameterizedTest
    @EnumSource
    void start_webhookRefuses_isPolicy(Http http) throws Exception {
        FakeExecServer server = server(connection ->
                connection.refuse(403, status("admission webhook \\\"x\\\" denied the request: no exec")));

        assertThat(catchThrowableOfType(CaptureException.class, () -> exec(http, server)))
                .returns(FailureReason.POLICY_DENIED, CaptureException::reason)
                .hasMessageContaining("the admission webhook x refuses it: ")
                .hasMessageEndingWith("no exec; ask who runs it for an exemption, or use another method");
    }

    @ParameterizedTest
    @EnumSource
    void start_cannotBeProcessed_saysWhatToDo(Http http) throws Exception {
        FakeExecServer server = server(connection -> connection.refuse(422, status("no such thing")));

        assertThat(catchThrowableOfType(CaptureException.class, () -> exec(http, server)))
                .returns(FailureReason.PROCESS_FAILED, CaptureException::reason)
                .hasMessageEndingWith("the API server refused: no such thing; use another method");
    }

    @ParameterizedTest
    @EnumSource
    void start_missingPod_isNotFoundAndNotRetried(Http http) throws Exception {
        FakeExecServer server = server(connection -> connection.refuse(404, status("pods \\\"web\\\" not found")));

        assertThat(catchThrowableOfType(CaptureException.class, () -> exec(http, server)))
                .returns(FailureReason.TARGET_NOT_FOUND, CaptureException::reason)
                .hasMessageEndingWith("pods \"web\" not found; it may have ended or been replaced, look for it anew");
        assertThat(server.protocols()).containsExactly("v5.channel.k8s.io", "");
    }

    @ParameterizedTest
    @EnumSource
    void start_serverError_isTriedOnce(Http http) throws Exception {
        FakeExecServer server =
                server(connection -> connection.refuse(500, status("container not found (\\\"web\\\")")));

        assertThatThrownBy(() -> exec(http, server))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("container not found");
        assertThat(server.protocols()).containsExactly("v5.channel.k8s.io", "");
    }

    @ParameterizedTest
    @EnumSource
    void start_noAnswer_endsWithTimeLimit(Http http) throws Exception {
        CompletableFuture<Void> testOver = new CompletableFuture<>();
        FakeExecServer server = server(connection -> testOver.join());

        assertThat(catchThrowableOfType(CaptureException.class, () -> exec(http, server, Duration.ofMillis(300)))
                        .reason())
                .isEqualTo(FailureReason.START_TIMEOUT);
        testOver.complete(null);
    }

    @ParameterizedTest
    @EnumSource
    void start_interrupted_throws(Http http) throws Exception {
        CompletableFuture<Void> testOver = new CompletableFuture<>();
        FakeExecServer server = server(connection -> testOver.join());

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> exec(http, server)).isInstanceOf(InterruptedException.class);
        testOver.complete(null);
    }

    @ParameterizedTest
    @EnumSource
    void start_argv_travelsWhole(Http http) throws Exception {
        CompletableFuture<String> line = new CompletableFuture<>();
        FakeExecServer server = server(connection -> {
            line.complete(connection.requestLine());
            connection.upgrade();
            end(connection, SUCCESS);
        });

        status(exec(http, server));
        assertThat(line.join())
                .contains("/api/v1/namespaces/demo/pods/web/exec?container=app&stdin=true&stdout=true&stderr=true")
                .contains("&command=sh&command=-c&command=a+%26%26+b%0A%3Dc");
    }

    private ExecStream exec(Http http, FakeExecServer.Script script) throws Exception {
        return exec(http, server(connection -> {
            connection.upgrade();
            script.run(connection);
        }));
    }

    private ExecStream exec(Http http, FakeExecServer server) throws Exception {
        return exec(http, server, Duration.ofSeconds(20));
    }

    private ExecStream exec(Http http, FakeExecServer server, Duration limit) throws Exception {
        KubernetesClient client = http.client(server.url());
        open.add(client);
        CompletableFuture<Void> opened = new CompletableFuture<>();
        if (http == Http.JDK) {
            server.framesWaitFor(opened);
        }
        try {
            ExecStream stream = new ExecConnector(new Cluster(client, ""))
                    .start(new PodName("demo", "web"), "app", List.of("sh", "-c", "a && b\n=c"), limit);
            open.add(stream);
            return stream;
        } finally {
            opened.complete(null);
        }
    }

    private FakeExecServer server(FakeExecServer.Script script) throws IOException {
        FakeExecServer server = new FakeExecServer(script);
        open.add(server);
        return server;
    }

    private static int status(ExecStream stream) throws Exception {
        return stream.exitStatus().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static String status(String message) {
        return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"" + message + "\"}";
    }

    private static void send(FakeExecServer.Connection connection, byte[] octets, int frameSize) throws IOException {
        for (int from = 0; from < octets.length; from += frameSize) {
            connection.frame(1, Arrays.copyOfRange(octets, from, Math.min(octets.length, from + frameSize)));
        }
        connection.flush();
    }

    private static void end(FakeExecServer.Connection connection, String status) throws IOException {
        connection.status(status);
        connection.closeFrame(1000);
    }

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new Random(42).nextBytes(octets);
        return octets;
    }

    private static byte[] readAll(InputStream in) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            in.transferTo(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
