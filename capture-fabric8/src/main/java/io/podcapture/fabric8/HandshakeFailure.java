package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Says why an exec was refused.
 *
 * <p>The clients keep the code of a refused handshake and lose its words. So the same is asked once more as a plain request,
 * without a command: it passes through the same checks and then ends, since exec is only for upgraded connections.
 */
final class HandshakeFailure {
    private static final long WORDS_SECONDS = 5;

    private final HttpClient http;
    private final KubernetesSerialization serialization;
    private final URI uri;
    private final PodName pod;
    private final String place;

    private record Answer(int code, String words) {}

    HandshakeFailure(Cluster cluster, URI uri, PodName pod, String place) {
        this.http = cluster.http();
        this.serialization = cluster.client().getKubernetesSerialization();
        this.uri = uri;
        this.pod = pod;
        this.place = place;
    }

    /** Returns the exception to throw; throws it by itself if it is a checked one. */
    CaptureException translate(Throwable refusal) throws IOException, InterruptedException {
        if (!(refusal instanceof WebSocketHandshakeException handshake)) {
            throw new IOException("exec in " + place + " failed: " + refusal.getMessage(), refusal);
        }
        int code = handshake.getResponse().code();
        Answer answer = askAgain();
        String words = answer.code() == code ? answer.words() : "";
        Optional<Admission> policy = Admission.of(words);
        if (policy.isPresent()) {
            return new CaptureException(
                    policy.get().reason(),
                    "cannot exec in " + place + ": " + policy.get().inWords(words),
                    refusal);
        }
        return switch (code) {
            case 401 ->
                new CaptureException(
                        FailureReason.FORBIDDEN,
                        "cannot exec in " + place + ": the API server does not accept the credentials",
                        refusal);
            case 403 ->
                words.isBlank() || ApiErrors.isMissingRight(words) || isCutShort(words)
                        ? forbidden(words, answer.code() != 0 && answer.code() != 403, refusal)
                        : new CaptureException(
                                FailureReason.POLICY_DENIED,
                                "cannot exec in " + place + ": " + ApiErrors.refusedByOthers(words),
                                refusal);
            case 404 ->
                new CaptureException(
                        FailureReason.TARGET_NOT_FOUND,
                        "cannot exec in " + place + ": " + (words.isEmpty() ? "it does not exist" : words)
                                + "; it may have ended or been replaced, look for it anew",
                        refusal);
            case 422 ->
                new CaptureException(
                        FailureReason.PROCESS_FAILED,
                        "cannot exec in " + place + ": the API server refused: "
                                + (words.isEmpty() ? "it cannot process it" : words) + "; use another method",
                        refusal);
            default ->
                throw new IOException(
                        "cannot exec in " + place + ": the API server answered with code " + code
                                + (words.isEmpty() ? "; the container may have ended or restarted" : ": " + words),
                        refusal);
        };
    }

    private static boolean isCutShort(String words) {
        return words.strip().endsWith("forbidden:");
    }

    // With the right to get and without that to create, the plain request passes or is refused without a reason.
    private CaptureException forbidden(String words, boolean plainRequestPassed, Throwable refusal) {
        boolean onlyCreateMissing = plainRequestPassed || isCutShort(words);
        String verbs = onlyCreateMissing ? "create" : "get and create";
        String seen = words.isEmpty() || onlyCreateMissing ? "the caller has no right to it" : words;
        return new CaptureException(
                FailureReason.FORBIDDEN,
                "cannot exec in " + place + ": " + seen + "; needed is " + verbs + " on pods/exec in namespace "
                        + pod.namespace(),
                refusal);
    }

    private Answer askAgain() throws InterruptedException {
        try {
            HttpResponse<String> response = http.sendAsync(
                            http.newHttpRequestBuilder().uri(uri).build(), String.class)
                    .get(WORDS_SECONDS, TimeUnit.SECONDS);
            return new Answer(response.code(), wordsOf(response.body()));
        } catch (ExecutionException | TimeoutException e) {
            return new Answer(0, "");
        }
    }

    private String wordsOf(String body) {
        try {
            return Optional.ofNullable(serialization.unmarshal(body, Status.class))
                    .map(Status::getMessage)
                    .orElse("");
        } catch (RuntimeException notOurs) {
            // A proxy answers in a language of its own; its page would not help in a message.
            return "";
        }
    }
}
