package io.podcapture.fabric8;

import java.io.IOException;

/** A command in a pod that has sent octets did not tell how it ended, so that they may be all or not. */
final class UntoldEnd extends IOException {
    private static final long serialVersionUID = 1L;

    UntoldEnd(String seen, Throwable cause) {
        super("the command that sends the files told no end: " + seen, cause);
    }
}
