package io.podcapture.junit5;

/** What must be known of a kept capture, next to the failure of its test: a cause that the failure suppressed. */
final class CaptureNote extends RuntimeException {
    private static final long serialVersionUID = 1;

    CaptureNote(String message) {
        super(message, null, false, false);
    }

    @Override
    public String toString() {
        return "Capture: " + getMessage();
    }
}
