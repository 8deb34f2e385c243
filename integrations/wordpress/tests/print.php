<?php
/**
 * What the plugin makes, for the tests of the chat server: `php print.php token NOW`, `php print.php local LOGIN`.
 *
 * @package Meerkat\Chat
 */

require __DIR__ . '/wordpress.php';
require dirname( __DIR__ ) . '/meerkat-chat/meerkat-chat.php';

World::begin();
World::set( array( 'domain' => 'chat.example' ) );
if ( 'local' === $argv[1] ) {
	echo Meerkat\Chat\LocalPart::of( $argv[2] );
} else {
	$user      = World::user( 'Jan Kowalski@Example', array( 'editor' ), 'Zażółć "Gęślą" 🦆' );
	World::$me = $user->ID;
	echo Meerkat\Chat\Token::sign( Meerkat\Chat\TokenRoute::claims( $user, (int) $argv[2], 600 ), Meerkat\Chat\Secret::get() );
}
