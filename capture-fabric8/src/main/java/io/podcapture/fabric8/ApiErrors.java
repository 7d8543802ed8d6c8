package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says what an answer of the API server means for a capture. */
final class ApiErrors {
    /** What to do about a name that is taken. */
    static final String CHOOSE_ANOTHER = "choose another name";

    // What refuses a watch comes without the server's words: it is an upgrade of the connection.
    private static final Pattern MISSING_RIGHT = Pattern.compile("cannot \\S+ resource|^Forbidden$");

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
                isMissingRight(words)
                        ? of(
                                FailureReason.FORBIDDEN,
                                call,
                                words + "; needed is " + call.verb() + " on " + call.resource()
                                        + ", podcapture plan --rbac prints the rules",
                                e)
                        : of(FailureReason.POLICY_DENIED, call, refusedByOthers(words), e);
            case 404 -> of(FailureReason.TARGET_NOT_FOUND, call, words + "; it may have ended, look for it anew", e);
            // All else that we send is made by us: only a selector can be unreadable.
            case 400 -> of(FailureReason.TARGET_NOT_FOUND, call, "the API server cannot read it: " + words, e);
            case 409 ->
                isTaken(e)
                        ? of(FailureReason.PROCESS_FAILED, call, words + "; " + CHOOSE_ANOTHER, e)
                        : of(
                                FailureReason.PROCESS_FAILED,
                                call,
                                "somebody else changed it at the same time: " + words + "; try again",
                                e);
            case 422 ->
                of(FailureReason.PROCESS_FAILED, call, "the API server refused: " + words + "; use another method", e);
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
        return answer(e)
                .filter(answer -> answer.getCode() == 409 && !isTaken(answer))
                .isPresent();
    }

    /** Tells whether a translated failure says that another object has the name already. */
    static boolean isTaken(CaptureException e) {
        return answer(e).filter(ApiErrors::isTaken).isPresent();
    }

    private static boolean isTaken(KubernetesClientException e) {
        return e.getCode() == 409
                && Optional.ofNullable(e.getStatus())
                        .map(Status::getReason)
                        .filter("AlreadyExists"::equals)
                        .isPresent();
    }

    /** Tells whether a 403 means that a right is missing: others refuse with it too, and no right would help against them. */
    static boolean isMissingRight(String words) {
        return MISSING_RIGHT.matcher(words).find();
    }

    /** Tells a policy's refusal from a missing right. */
    static FailureReason reasonOfForbidden(String words) {
        return Admission.of(words)
                .map(Admission::reason)
                .orElse(isMissingRight(words) ? FailureReason.FORBIDDEN : FailureReason.POLICY_DENIED);
    }

    /** Returns the words for a 403 of somebody whom no right would help against: a proxy, or a policy. */
    static String refusedByOthers(String words) {
        return "it was refused, by no access rule: " + words + "; ask whose policy that is";
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
        return answer(e).map(ApiErrors::words).orElseGet(() -> String.valueOf(e.getMessage()));
    }

    private static Optional<KubernetesClientException> answer(CaptureException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException answer) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    private static CaptureException of(FailureReason reason, ApiCall call, String seen, KubernetesClientException e) {
        return new CaptureException(reason, "cannot " + call + ": " + seen, e);
    }
}
