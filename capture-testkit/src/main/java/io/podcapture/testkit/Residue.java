package io.podcapture.testkit;

import java.util.List;

/** One kind of what a test may leave. Looked at by one thread at a time. */
interface Residue {
    /** Looks what is there before the test. */
    void look();

    /** Returns in words what is there now and was not there before. */
    List<String> left();
}
