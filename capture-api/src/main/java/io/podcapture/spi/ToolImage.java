package io.podcapture.spi;

/**
 * The image of containers that methods bring where none is at hand: it has a POSIX shell and tcpdump.
 *
 * @since 0.1
 */
public final class ToolImage {
    /** What methods take where their caller names none, pinned by its tag. */
    public static final String DEFAULT = "docker.io/nicolaka/netshoot:v0.13";

    private ToolImage() {}
}
