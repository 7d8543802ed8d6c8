package io.podcapture.examples;

import io.podcapture.CaptureResult;
import java.io.IOException;

/** Tells a person how a session went. */
interface ResultWords {
    void tell(CaptureResult result) throws IOException;
}
