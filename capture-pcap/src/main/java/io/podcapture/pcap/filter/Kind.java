package io.podcapture.pcap.filter;

/** What a name or number in a filter is the name or number of. */
enum Kind {
    /** Not said, which means a host, but allows less than the word does. */
    DEFAULT("host"),
    HOST("host"),
    NET("net"),
    PORT("port"),
    PORT_RANGE("portrange"),
    PROTOCOL("proto"),
    PROTOCOL_CHAIN("protochain"),
    GATEWAY("gateway");

    final String spelling;

    Kind(String spelling) {
        this.spelling = spelling;
    }
}
