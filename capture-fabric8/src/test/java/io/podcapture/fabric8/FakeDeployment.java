package io.podcapture.fabric8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The deployment demo/web behind an API server that knows of server-side apply what matters here: a manager owns what it
 * applied last, what nobody owns is gone, and who says a version or another's container wrongly is refused.
 */
final class FakeDeployment implements AutoCloseable {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();
    private static final String PATH = "/apis/apps/v1/namespaces/demo/deployments/web";

    private final HttpServer server;
    private final Map<String, Map<?, ?>> applied = new TreeMap<>();
    private final List<String> patches = new ArrayList<>();
    private Meanwhile meanwhile = (manager, patches) -> {};
    private boolean deleted;
    private int version = 1;
    private String uid = "first";

    /** What others do just before a change arrives. */
    interface Meanwhile {
        /**
         * Does it.
         *
         * @param manager who is about to change the deployment
         * @param patches how many changes were asked for before
         */
        void before(String manager, int patches);
    }

    FakeDeployment() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(PATH, this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    synchronized void meanwhile(Meanwhile what) {
        meanwhile = what;
    }

    synchronized void touch() {
        version++;
    }

    synchronized void delete() {
        deleted = true;
    }

    /** Deletes it and makes another of its name. */
    synchronized void replace() {
        applied.clear();
        uid = "second";
        version++;
    }

    /** Applies as another does, whatever the version. */
    synchronized void apply(String manager, Map<?, ?> object) {
        Object before = applied.put(manager, object);
        if (!object.equals(before)) {
            version++;
        }
    }

    /** Returns the managers of all changes that were asked for. */
    synchronized List<String> patches() {
        return List.copyOf(patches);
    }

    synchronized Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>(Map.of("app", "web"));
        applied.values()
                .forEach(object -> child(child(object, "metadata"), "labels")
                        .forEach((key, value) -> labels.put((String) key, (String) value)));
        return labels;
    }

    /** Returns the containers of the template by their names. */
    synchronized Map<String, Object> containers() {
        Map<String, Object> containers = new TreeMap<>(Map.of("app", Map.of("name", "app")));
        applied.values().forEach(object -> containers.putAll(containers(object)));
        return containers;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        int code = exchange.getRequestMethod().equals("PATCH") ? patch(exchange) : deleted ? 404 : 200;
        Object told = code == 200 ? object() : Map.of("kind", "Status", "message", "refused", "code", code);
        byte[] body = JSON.asJson(told).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private int patch(HttpExchange exchange) throws IOException {
        String manager = exchange.getRequestURI().getQuery().replaceAll(".*fieldManager=([^&]*).*", "$1");
        meanwhile.before(manager, patches.size());
        patches.add(manager);
        if (deleted) {
            return 422;
        }
        Map<?, ?> object = JSON.unmarshal(exchange.getRequestBody(), Map.class);
        Object seen = child(object, "metadata").get("resourceVersion");
        boolean outdated = seen != null && !seen.equals(Integer.toString(version));
        Object same = child(object, "metadata").get("uid");
        boolean another = same != null && !same.equals(uid);
        boolean anothers = applied.entrySet().stream()
                .filter(other -> !other.getKey().equals(manager))
                .flatMap(other -> containers(other.getValue()).entrySet().stream())
                .anyMatch(other -> containers(object).containsKey(other.getKey())
                        && !other.getValue().equals(containers(object).get(other.getKey())));
        if (outdated || another || anothers) {
            return 409;
        }
        apply(
                manager,
                Map.of(
                        "metadata",
                        Map.of("labels", child(child(object, "metadata"), "labels")),
                        "spec",
                        child(object, "spec")));
        return 200;
    }

    private Map<String, Object> object() {
        Map<String, Object> metadata = Map.of(
                "name",
                "web",
                "namespace",
                "demo",
                "uid",
                uid,
                "resourceVersion",
                Integer.toString(version),
                "labels",
                labels());
        Map<String, Object> pod = Map.of("containers", List.copyOf(containers().values()));
        return Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                metadata,
                "spec",
                Map.of("template", Map.of("spec", pod)));
    }

    private static Map<String, Object> containers(Map<?, ?> object) {
        Map<String, Object> containers = new TreeMap<>();
        Map<?, ?> pod = child(child(child(object, "spec"), "template"), "spec");
        if (pod.get("containers") instanceof List<?> list) {
            list.forEach(each -> containers.put((String) ((Map<?, ?>) each).get("name"), each));
        }
        return containers;
    }

    private static Map<?, ?> child(Map<?, ?> object, String name) {
        return object.get(name) instanceof Map<?, ?> found ? found : Map.of();
    }
}
