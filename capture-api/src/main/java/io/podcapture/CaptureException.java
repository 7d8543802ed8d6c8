package io.podcapture;

import java.util.Objects;

/**
 * Says what failed, on what, what was seen, and what to do.
 *
 * @since 0.1
 */
public final class CaptureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureReason reason;

    /** Makes an exception that has no cause. */
    public CaptureException(FailureReason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Makes an exception that has a cause. */
    public CaptureException(FailureReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Returns why it failed, for a switch over what to do next. */
    public FailureReason reason() {
        return reason;
    }
}
