package io.podcapture.fabric8;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Containers of which a test says what runs in them, before an API server that has all else; it writes down what is run. */
final class FakeContainers implements AutoCloseable {
    private static final Pattern EXEC = Pattern.compile("\\S+ \\S+/exec\\?container=([^&]+)\\S* .*");
    private static final String SUCCESS = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}";
    private static final String FAILURE = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, FakeExecServer.Script> scripts = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final FakeExecServer server;
    private final String api;

    /**
     * Begins without any container.
     *
     * @param api the address of what answers all but execs
     */
    FakeContainers(String api) throws IOException {
        this.api = api;
        server = new FakeExecServer(this::answer);
    }

    String url() {
        return server.url();
    }

    /** Lets all commands print a text, on channel 1 or 2, and succeed. */
    void print(String container, int channel, String text) {
        end(container, channel, text, SUCCESS);
    }

    /** Lets all commands print a text and fail with status 1. */
    void fail(String container, int channel, String text) {
        end(
                container,
                channel,
                text,
                FAILURE + "\"reason\":\"NonZeroExitCode\","
                        + "\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"1\"}]}}");
    }

    /** Lets a container have no program at all, in the words of a container runtime. */
    void lackAll(String container) {
        end(
                container,
                1,
                "",
                FAILURE + "\"reason\":\"InternalError\",\"message\":\"Internal error occurred: failed to start exec:"
                        + " executable file not found in $PATH: unknown\"}");
    }

    /** Lets no command ever end. */
    void hang(String container) {
        scripts.put(container, connection -> {
            connection.upgrade();
            connection.receive();
        });
    }

    /** Lets the API server refuse each exec. */
    void refuse(String container, int code, String words) {
        scripts.put(
                container,
                connection ->
                        connection.refuse(code, FAILURE + "\"message\":\"" + words + "\",\"code\":" + code + "}"));
    }

    /** Returns what was run, in order: the container and the words of the command. */
    List<String> commands() {
        return commands;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void end(String container, int channel, String text, String status) {
        scripts.put(container, connection -> {
            connection.upgrade();
            connection.frame(channel, text.getBytes(StandardCharsets.UTF_8));
            connection.status(status);
            connection.closeFrame(1000);
        });
    }

    private void answer(FakeExecServer.Connection connection) throws IOException {
        Matcher exec = EXEC.matcher(connection.requestLine());
        if (!exec.matches()) {
            forward(connection);
            return;
        }
        if (connection.isUpgrade()) {
            String command = connection.requestLine().split(" ")[1].replaceFirst("^.*?&command=", "");
            commands.add(exec.group(1) + ": "
                    + URLDecoder.decode(command.replace("&command=", " "), StandardCharsets.UTF_8));
        }
        scripts.get(exec.group(1)).run(connection);
    }

    private void forward(FakeExecServer.Connection connection) throws IOException {
        String[] words = connection.requestLine().split(" ");
        HttpRequest request = HttpRequest.newBuilder(URI.create(api).resolve(words[1]))
                .method(words[0], HttpRequest.BodyPublishers.ofString(connection.body()))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            connection.refuse(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
