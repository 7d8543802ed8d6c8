package io.podcapture.e2e;

/** Makes numbered traffic in a pod; each call returns when all of it was sent. */
interface Sender {
    /** Datagrams to closed port 9 of the pod itself, from a socket of its own each. */
    void datagrams(int first, int count) throws Exception;

    /** About as many times 20,000 octets, in datagrams to closed port 9 of the pod itself that have no number. */
    void bigDatagrams(int count) throws Exception;

    /** Datagrams to a closed port of the pod itself, by IPv6. */
    void datagramsByIpv6(int port, int first, int count) throws Exception;

    /** Requests of HTTP to port 8080, each on a connection of its own, one after the other. */
    void requests(String address, int first, int count) throws Exception;
}
