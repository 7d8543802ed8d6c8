package io.podcapture.junit5;

/**
 * When the capture of a test is kept.
 *
 * @since 0.1
 */
public enum Keep {
    /** When the test fails, in itself or in what is set up before and taken down after it. */
    ON_FAILURE,
    /** Always. */
    ALWAYS,
    /** Never: the capture is there for the test itself to look at. */
    NEVER;

    boolean keeps(boolean failed) {
        return this == ALWAYS || this == ON_FAILURE && failed;
    }
}
