package io.podcapture.fabric8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRuleBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An API server of which a test says what it grants and holds; it writes down what it is asked. */
final class FakeApi implements AutoCloseable {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private final HttpServer server;
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private final Map<String, List<ResourceRule>> rules = new ConcurrentHashMap<>();
    private final Set<String> allowed = ConcurrentHashMap.newKeySet();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private final Map<String, String> bodies = new ConcurrentHashMap<>();

    private final Map<String, Answer> exceptions = new ConcurrentHashMap<>();

    private record Answer(int code, Object body, String without) {
        Answer(int code, Object body) {
            this(code, body, "");
        }

        static Answer refusal(int code, String words) {
            return new Answer(
                    code,
                    Map.of("kind", "Status", "apiVersion", "v1", "status", "Failure", "message", words, "code", code));
        }
    }

    FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Lists a rule of the core group among those of a namespace. */
    void list(String namespace, String resource, String... verbs) {
        rules.computeIfAbsent(namespace, key -> new CopyOnWriteArrayList<>())
                .add(new ResourceRuleBuilder()
                        .withApiGroups("")
                        .withResources(resource)
                        .withVerbs(verbs)
                        .build());
    }

    /** Takes all back that was granted. */
    void revokeAll() {
        rules.clear();
        allowed.clear();
    }

    /** Allows what is asked for by itself, as {@code get pods/log.GROUP in demo}, without the group of the core. */
    void allow(String words) {
        allowed.add(words);
    }

    /** Answers a request with an object. */
    void serve(String methodAndPath, Object body) {
        answers.put(methodAndPath, new Answer(200, body));
    }

    /** Refuses a request. */
    void refuse(String methodAndPath, int code, String words) {
        answers.put(methodAndPath, Answer.refusal(code, words));
    }

    /** Refuses a request whose body lacks these words; others are answered with an object. */
    void refuseWithout(String words, String methodAndPath, int code, String refusal, Object body) {
        serve(methodAndPath, body);
        exceptions.put(
                methodAndPath, new Answer(code, Answer.refusal(code, refusal).body(), words));
    }

    /** Returns all that was asked, in order: {@code list NAMESPACE}, {@code may I get pods in demo}, {@code GET /path}. */
    List<String> questions() {
        return questions;
    }

    /** Returns what was sent last with a request. */
    String body(String methodAndPath) {
        return Objects.requireNonNull(bodies.get(methodAndPath), methodAndPath);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Answer answer;
        if (answers.containsKey(exchange.getRequestMethod() + " " + path) && path.contains("/selfsubject")) {
            answer = answers.get(exchange.getRequestMethod() + " " + path);
        } else if (path.endsWith("/selfsubjectrulesreviews")) {
            answer = listed(JSON.unmarshal(exchange.getRequestBody(), SelfSubjectRulesReview.class));
        } else if (path.endsWith("/selfsubjectaccessreviews")) {
            answer = reviewed(JSON.unmarshal(exchange.getRequestBody(), SelfSubjectAccessReview.class));
        } else {
            String what = exchange.getRequestMethod() + " " + path;
            String query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
            questions.add(query.contains("dryRun=All") ? what + " as a dry run" : what);
            bodies.put(what, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Answer exception = exceptions.get(what);
            answer = exception != null && !bodies.get(what).contains(exception.without())
                    ? exception
                    : answers.getOrDefault(what, Answer.refusal(404, "nothing at " + path));
        }
        byte[] body = JSON.asJson(answer.body()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.code(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Answer listed(SelfSubjectRulesReview review) {
        String namespace = review.getSpec().getNamespace();
        questions.add("list " + namespace);
        return new Answer(
                201,
                new SelfSubjectRulesReviewBuilder(review)
                        .withNewStatus()
                        .withIncomplete(false)
                        .withResourceRules(rules.getOrDefault(namespace, List.of()))
                        .endStatus()
                        .build());
    }

    private Answer reviewed(SelfSubjectAccessReview review) {
        ResourceAttributes asked = review.getSpec().getResourceAttributes();
        String words = asked.getVerb() + " " + asked.getResource() + part("/", asked.getSubresource())
                + part(".", asked.getGroup()) + part(" in ", asked.getNamespace());
        questions.add("may I " + words);
        return new Answer(
                201,
                new SelfSubjectAccessReviewBuilder(review)
                        .withNewStatus()
                        .withAllowed(allowed.contains(words))
                        .endStatus()
                        .build());
    }

    private static String part(String before, String word) {
        return word == null || word.isEmpty() ? "" : before + word;
    }
}
