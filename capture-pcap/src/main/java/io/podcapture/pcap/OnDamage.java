package io.podcapture.pcap;

/**
 * What a whole-file operation does with an input that is cut or damaged. The report tells of each, whatever the choice.
 *
 * @since 0.1
 */
public enum OnDamage {
    /** The operation fails with {@link PcapFormatException}, at a cut too. */
    HALT(DamagePolicy.HALT),

    /** The input ends before the damage. One that is no capture file at all fails the operation. */
    SKIP(DamagePolicy.STOP),

    /** As {@link #SKIP}, and an input that cannot be read, or is no capture file at all, is left out. */
    COLLECT(DamagePolicy.STOP),

    /** The input goes on behind the damage, as {@link DamagePolicy#RESYNC} does. */
    RESYNC(DamagePolicy.RESYNC);

    private final DamagePolicy policy;

    OnDamage(DamagePolicy policy) {
        this.policy = policy;
    }

    DamagePolicy policy() {
        return policy;
    }
}
