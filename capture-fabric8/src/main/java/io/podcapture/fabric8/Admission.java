package io.podcapture.fabric8;

import io.podcapture.FailureReason;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who refused, of those that look at what is asked and not only at who asks. Access rules say "cannot VERB resource"; these have
 * words of their own, under whatever code.
 */
enum Admission {
    POD_SECURITY(
            "violates PodSecurity",
            "Pod Security refuses it",
            "use a namespace that admits it, or another method; podcapture plan --rbac, with -m METHOD, prints"
                    + " the command that labels it"),
    QUOTA(
            "(?:exceeded|failed) quota",
            "a quota of the namespace refuses it",
            "free some of it, or use another namespace"),
    LIMIT_RANGE(
            "(?:maximum|minimum) (?:cpu|memory|ephemeral-storage) usage per|limit to request ratio per",
            "a limit range of the namespace refuses it",
            "set other resources, or use another namespace"),
    TERMINATION(
            "because it is being terminated",
            "the namespace is being deleted",
            "use another namespace, or wait until it is made anew"),
    VALIDATING_POLICY(
            "ValidatingAdmissionPolicy '([^']+)'.*denied request",
            "the validating admission policy %s refuses it",
            "ask who set it for an exemption, or use another method"),
    SECURITY_CONTEXT_CONSTRAINT(
            "security context constraint",
            "the security context constraints of the cluster refuse it",
            "ask for one that admits it, or use another method"),
    // Before the one that answers: its words hold the name too.
    WEBHOOK_SILENT(
            "failed calling (?:admission )?webhook \"([^\"]+)\"",
            "the admission webhook %s could not be asked",
            "ask who runs it; until it answers nothing can be made here") {
        @Override
        FailureReason reason() {
            return FailureReason.STREAM_LOST;
        }
    },
    WEBHOOK(
            "admission webhook \"([^\"]+)\" denied the request",
            "the admission webhook %s refuses it",
            "ask who runs it for an exemption, or use another method"),
    OTHER("admission webhook|denied the request", "a policy of the cluster refuses it", "ask for an exemption");

    private final Pattern sign;
    private final String who;
    private final String advice;

    Admission(String sign, String who, String advice) {
        this.sign = Pattern.compile(sign);
        this.who = who;
        this.advice = advice;
    }

    /** Returns who said these words; empty if it was none of them. */
    static Optional<Admission> of(String words) {
        for (Admission each : values()) {
            if (each.sign.matcher(words).find()) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Returns Pod Security's words without which fields of which container would have to be what; others as they are. */
    static String concise(String words) {
        return POD_SECURITY.sign.matcher(words).find() ? words.replaceAll(" \\([^()]*\\)", "") : words;
    }

    FailureReason reason() {
        return FailureReason.POLICY_DENIED;
    }

    /** Returns who refused, the words, and what to do. */
    String inWords(String words) {
        Matcher found = sign.matcher(words);
        String name = found.find() && found.groupCount() > 0 ? found.group(1) : "";
        return String.format(who, name) + ": " + words + "; " + advice;
    }
}
