package io.podcapture.fabric8;

/**
 * What is special to sidecars.
 *
 * @param spoolSize octets of the volume that the packets are written to
 * @param nativeSidecar whether it is an init container that goes on running
 */
record SidecarSettings(long spoolSize, boolean nativeSidecar) {}
