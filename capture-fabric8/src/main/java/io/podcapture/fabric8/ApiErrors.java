package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.util.Optional;

/** Says what an answer of the API server means for a capture. */
final class ApiErrors {
    private ApiErrors() {}

    /**
     * Returns the exception to throw.
     *
     * @param call what was asked
     */
    static CaptureException translate(KubernetesClientException e, ApiCall call) {
        String words = words(e);
        Optional<Admission> refusal = Admission.of(words);
        if (refusal.isPresent()) {
            return of(refusal.get().reason(), call, refusal.get().inWords(words), e);
        }
        return switch (e.getCode()) {
            case 401 ->
                of(
                        FailureReason.FORBIDDEN,
                        call,
                        "the API server does not accept the credentials: " + words + "; log in again",
                        e);
            case 403 ->
                of(
                        FailureReason.FORBIDDEN,
                        call,
                        words + "; needed is " + call.verb() + " on " + call.resource()
                                + ", podcapture plan --rbac prints the rules",
                        e);
            case 404 -> of(FailureReason.TARGET_NOT_FOUND, call, words, e);
            // All else that we send is made by us: only a selector can be unreadable.
            case 400 -> of(FailureReason.TARGET_NOT_FOUND, call, "the API server cannot read it: " + words, e);
            case 409 ->
                of(
                        FailureReason.PROCESS_FAILED,
                        call,
                        "somebody else changed it at the same time: " + words + "; try again",
                        e);
            case 422 -> of(FailureReason.PROCESS_FAILED, call, "the API server refused: " + words, e);
            case 429 ->
                of(
                        FailureReason.STREAM_LOST,
                        call,
                        "the API server has too much to do for this caller: " + words + "; try again later",
                        e);
            default ->
                of(
                        FailureReason.STREAM_LOST,
                        call,
                        words + "; check that the API server is reachable and not overloaded, then try again",
                        e);
        };
    }

    /** Tells whether a translated failure says that somebody else changed the object meanwhile. */
    static boolean isConflict(CaptureException e) {
        return e.getCause() instanceof KubernetesClientException cause && cause.getCode() == 409;
    }

    /** Tells a policy's refusal from a missing right. */
    static FailureReason reasonOfForbidden(String words) {
        return Admission.of(words).map(Admission::reason).orElse(FailureReason.FORBIDDEN);
    }

    /** Returns what the server said, or else what happened to the connection. */
    static String words(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus())
                .map(Status::getMessage)
                .filter(message -> !message.isBlank())
                .map(Admission::concise)
                .orElseGet(() -> e.getCause() == null || e.getCause().getMessage() == null
                        ? String.valueOf(e.getMessage())
                        : e.getMessage() + " (" + e.getCause().getMessage() + ")");
    }

    /** Returns what the server said, out of a translated failure, also of one that several shared. */
    static String words(CaptureException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException answer) {
                return words(answer);
            }
        }
        return String.valueOf(e.getMessage());
    }

    private static CaptureException of(FailureReason reason, ApiCall call, String seen, KubernetesClientException e) {
        return new CaptureException(reason, "cannot " + call + ": " + seen, e);
    }
}
