package io.podcapture.pcap;

/**
 * Which interfaces of the inputs become one in the output.
 *
 * @since 0.1
 */
public enum InterfaceMerging {
    /** None: each of each input is one of its own, so that each packet tells where it is from. */
    NONE,

    /** Those whose descriptions are equal in link type, snaplen and each option, if they have any. */
    EQUAL
}
