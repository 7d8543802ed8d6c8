package io.podcapture.pcap.filter;

import org.jspecify.annotations.Nullable;

/** A protocol that may stand in front of host, port and the like, before a bracket, or alone. */
enum Protocol {
    LINK(Word.LINK),
    IP(Word.IP),
    ARP(Word.ARP),
    RARP(Word.RARP),
    SCTP(Word.SCTP, 132, true),
    TCP(Word.TCP, 6, true),
    UDP(Word.UDP, 17, true),
    ICMP(Word.ICMP, 1, true),
    IGMP(Word.IGMP, 2, true),
    IGRP(Word.IGRP, 9, true),
    PIM(Word.PIM, 103, true),
    VRRP(Word.VRRP, 112, true),
    CARP(Word.CARP, 112, true),
    RADIO(Word.RADIO),
    IP6(Word.IP6),
    ICMP6(Word.ICMP6, 58, false),
    AH(Word.AH, 51, false),
    ESP(Word.ESP, 50, false),
    ATALK(Word.ATALK, 0x809b, false),
    AARP(Word.AARP, 0x80f3, false),
    DECNET(Word.DECNET, 0x6003, false),
    LAT(Word.LAT, 0x6004, false),
    SCA(Word.SCA, 0x6007, false),
    MOPRC(Word.MOPRC, 0x6002, false),
    MOPDL(Word.MOPDL, 0x6001, false),
    ISO(Word.ISO),
    ESIS(Word.ESIS, 0x82, false),
    ISIS(Word.ISIS, 0x83, false),
    CLNP(Word.CLNP, 0x81, false),
    L1(Word.L1),
    L2(Word.L2),
    IIH(Word.IIH),
    LSP(Word.LSP),
    SNP(Word.SNP),
    CSNP(Word.CSNP),
    PSNP(Word.PSNP),
    STP(Word.STP, 0x42, false),
    IPX(Word.IPX, 0xe0, false),
    NETBEUI(Word.NETBEUI, 0xf0, false);

    private static final Protocol[] BY_WORD = byWord();

    final Word word;

    /** In the field of the layer below that names it; 0 if it is none of that. */
    final int number;

    /** Whether its octets are looked for behind a header of IPv4. */
    final boolean overIpv4;

    Protocol(Word word) {
        this(word, 0, false);
    }

    Protocol(Word word, int number, boolean overIpv4) {
        this.word = word;
        this.number = number;
        this.overIpv4 = overIpv4;
    }

    private static Protocol[] byWord() {
        Protocol[] protocols = new Protocol[Word.values().length];
        for (Protocol protocol : values()) {
            protocols[protocol.word.ordinal()] = protocol;
        }
        return protocols;
    }

    /** Null if the word is none. */
    static @Nullable Protocol of(Word word) {
        return BY_WORD[word.ordinal()];
    }

    String quoted() {
        return "'" + word.spelling() + "'";
    }
}
