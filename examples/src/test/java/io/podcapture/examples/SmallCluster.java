package io.podcapture.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An API server with the pod demo/web, whose caller may do all or nothing; the kubeconfig of this JVM while it is open. */
final class SmallCluster implements AutoCloseable {
    private static final String PODS = "/api/v1/namespaces/demo/pods";
    private static final String POD = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"namespace\":\"demo\","
            + "\"name\":\"web\",\"uid\":\"uid-web\"},\"spec\":{\"containers\":[{\"name\":\"app\"}]},"
            + "\"status\":{\"phase\":\"Running\",\"containerStatuses\":[{\"name\":\"app\","
            + "\"state\":{\"running\":{}}}]}}";

    private final HttpServer server;
    private volatile boolean generous = true;

    SmallCluster(Path directory) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Path config = directory.resolve("kubeconfig");
        Files.writeString(config, """
                apiVersion: v1
                kind: Config
                current-context: small
                contexts: [{name: small, context: {cluster: small, user: me, namespace: demo}}]
                clusters: [{name: small, cluster: {server: 'http://127.0.0.1:%d'}}]
                users: [{name: me, user: {}}]
                """.formatted(server.getAddress().getPort()));
        System.setProperty("kubeconfig", config.toString());
    }

    void grantNothing() {
        generous = false;
    }

    @Override
    public void close() {
        System.clearProperty("kubeconfig");
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        String body = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":404}";
        int code = 200;
        if (path.endsWith("/selfsubjectrulesreviews")) {
            String rules = generous ? "{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*\"]}" : "";
            body = "{\"status\":{\"incomplete\":false,\"resourceRules\":[" + rules + "]}}";
        } else if (path.endsWith("/selfsubjectaccessreviews")) {
            body = "{\"status\":{\"allowed\":false}}";
        } else if (path.startsWith(PODS)) {
            body = POD;
        } else {
            code = 404;
        }
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, octets.length);
        exchange.getResponseBody().write(octets);
        exchange.close();
    }
}
