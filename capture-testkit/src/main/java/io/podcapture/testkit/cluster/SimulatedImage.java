package io.podcapture.testkit.cluster;

/**
 * What is in an image of a simulated cluster.
 *
 * @since 0.1
 */
public enum SimulatedImage {
    /** A shell, the usual commands and tcpdump. */
    TOOLS,
    /** A shell and the usual commands, and no tcpdump. */
    SHELL,
    /** One program and nothing beside it: no command can be run. */
    NO_SHELL,
    /** An image that no node can pull. */
    UNAVAILABLE
}
